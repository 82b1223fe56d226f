/** Hypertext Literal ships no types: a tagged template returns the element that it describes. */
declare module "htl" {
  type Tag<T> = (strings: TemplateStringsArray, ...values: unknown[]) => T;
  export const html: Tag<HTMLElement> & {fragment: Tag<DocumentFragment>};
  export const svg: Tag<SVGElement> & {fragment: Tag<DocumentFragment>};
}
