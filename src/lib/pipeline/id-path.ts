/**
 * The path of what belongs to an id, without its extension: a folder for every segment but the last. Two ids never
 * share one, nor does one's file stand where another needs a folder, also where names that differ in case alone are
 * one.
 */
export const pathOfId = (id: string): string => id.split("/").map(encode).join("/");

const encode = (segment: string) =>
  segment.replace(/[A-Z]|^\.|\.(?=json$)/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
