/** What is drawn of a value that may not be there: nothing without it. */
export const when = <T>(value: T | null | undefined | false | "" | 0, draw: (value: T) => Node): Node =>
  value ? draw(value) : document.createDocumentFragment();
