import {html} from "htl";
import {roving} from "./roving.js";

export interface Column<T> {
  label: string;
  value: (row: T) => string | number | Node | null | undefined;
  /** Numbers stand right, so that their digits line up. */
  align?: "left" | "right";
  /** The cell that names its row. */
  header?: boolean;
  /** How the rows are sorted by it, and what sorts them by it. */
  sort?: {order: "ascending" | "descending" | "none"; by: () => void};
}

export interface TableOptions<T> {
  /** What the table holds: its accessible name. */
  label: string;
  /** Rows shown at first; the others follow on demand. */
  limit?: number;
  /** What stands below a row, over all its columns. */
  details?: (row: T) => Node;
}

const align = <T>(column: Column<T>): string => (column.align === "right" ? "number" : "text");

const heading = <T>(column: Column<T>): HTMLElement =>
  column.sort
    ? html`<th scope="col" class=${align(column)} aria-sort=${column.sort.order}>
        <button type="button" class="sort" onclick=${column.sort.by}>${column.label}</button>
      </th>`
    : html`<th scope="col" class=${align(column)}>${column.label}</th>`;

function tableRow<T>(columns: Column<T>[], row: T, details?: (row: T) => Node): HTMLElement[] {
  const cells = columns.map((c) =>
    c.header
      ? html`<th scope="row" class=${align(c)}>${c.value(row)}</th>`
      : html`<td class=${align(c)}>${c.value(row)}</td>`
  );
  const line = html`<tr>
    ${cells}
  </tr>`;
  return details
    ? [
        line,
        html`<tr class="details">
          <td colspan=${columns.length}>${details(row)}</td>
        </tr>`
      ]
    : [line];
}

/** A table that scrolls sideways on its own where it is wider than the page. */
export function dataTable<T>(
  columns: Column<T>[],
  rows: readonly T[],
  {label, limit = Infinity, details}: TableOptions<T>
): HTMLElement {
  const lines = (some: readonly T[]) => some.flatMap((row) => tableRow(columns, row, details));
  const body = html`<tbody>
    ${lines(rows.slice(0, limit))}
  </tbody>`;
  roving(body, ".lens-number");
  const showAll = () => {
    body.append(...lines(rows.slice(limit)));
    more?.remove();
    note?.remove();
    roving(body, ".lens-number");
  };
  const more =
    rows.length > limit
      ? html`<button type="button" class="more" onclick=${showAll}>Show all ${rows.length} rows</button>`
      : null;
  const note = more
    ? html`<p class="print-only">The first ${limit} of ${rows.length} rows; the page has them all.</p>`
    : null;
  return html`<div class="table-block">
    <div class="table-scroll" role="region" aria-label=${label} tabindex="0">
      <table>
        <thead>
          <tr>
            ${columns.map(heading)}
          </tr>
        </thead>
        ${body}
      </table>
    </div>
    ${more} ${note}
  </div>`;
}
