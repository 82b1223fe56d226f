/** Steers a terminal, or changes the order in which text is read (Boucher & Anderson 2023, "Trojan Source"). */
const steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Text for a terminal or a log, in which names of files and classes may stand: what would steer the terminal is written
 * as `\u001b`, by which JSON stays what it is. Tabs and line breaks stay.
 */
export const printable = (text: string): string => text.replace(steering, escaped);

/** A name for a line of its own: tabs and line breaks are written out, too. */
export const printableName = (name: string): string => printable(name).replace(/[\t\n]/g, escaped);

/**
 * A cell of a CSV file that a spreadsheet takes for no formula (OWASP, "CSV injection"): what begins like one gets an
 * apostrophe, but for numbers.
 */
export const harmlessCell = (text: string): string =>
  /^\s*[=+\-@]/.test(text) && !Number.isFinite(Number(text)) ? `'${text}` : text;
