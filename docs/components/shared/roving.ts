/**
 * Makes what matches a selector within a table or a chart one stop of the Tab key; arrow keys go on from there, Home
 * and End to the ends of a row, as in the grid pattern of WAI-ARIA. What was reached last is the stop. To be called
 * again when there is more of it.
 */
export function roving(root: Element, selector: string): void {
  const items = () => [...root.querySelectorAll<HTMLElement>(selector)];
  if (!root.hasAttribute("data-roving")) {
    root.setAttribute("data-roving", "");
    root.addEventListener("focusin", ({target}) => stopAt(items(), target as Element));
    root.addEventListener("keydown", (event) => {
      const {key, target} = event as KeyboardEvent;
      const next = reached(items(), target as Element, key);
      if (!next) return;
      event.preventDefault();
      next.focus();
    });
  }
  stopAt(items(), root.querySelector(`${selector}[tabindex="0"]`) ?? items()[0]);
}

/** What else has the focus, such as a card that is open, leaves the stop where it is. */
function stopAt(items: readonly Element[], chosen: Element | undefined): void {
  if (!chosen || !items.includes(chosen)) return;
  for (const item of items) item.setAttribute("tabindex", item === chosen ? "0" : "-1");
}

/** In a chart, which has no rows, every item is one. */
const rowOf = (item: Element): Element => item.closest("tr") ?? item;
const columnOf = (item: Element): number => item.closest<HTMLTableCellElement>("td, th")?.cellIndex ?? 0;

/** The item that a key leads to from another; undefined at an end and for other keys. */
function reached<Item extends Element>(items: readonly Item[], from: Element, key: string): Item | undefined {
  const at = items.findIndex((item) => item === from);
  if (at < 0) return undefined;
  const rows = [...new Set(items.map(rowOf))];
  const inRow = (step: number) => {
    const row = rows[rows.indexOf(rowOf(from)) + step];
    return items.filter((item) => rowOf(item) === row);
  };
  const distance = (item: Element) => Math.abs(columnOf(item) - columnOf(from));
  const nearest = (row: Item[]) => [...row].sort((a, b) => distance(a) - distance(b))[0];
  switch (key) {
    case "ArrowRight":
      return items[at + 1];
    case "ArrowLeft":
      return items[at - 1];
    case "ArrowDown":
      return nearest(inRow(1));
    case "ArrowUp":
      return nearest(inRow(-1));
    case "Home":
      return inRow(0)[0];
    case "End":
      return inRow(0).at(-1);
  }
}
