import type {Value} from "./types.js";

/** JSON for people and line-by-line comparison: two spaces of indent, what fits on one line stays on one line. */
export const formatJson = (value: Value, width = 120) => `${format(value, "", width)}\n`;

function format(value: Value, indent: string, width: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item: Value) => format(item, inner, width))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${format(item as Value, inner, width)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const line = `${open}${entries.join(", ")}${close}`;
  if (indent.length + line.length <= width && !line.includes("\n")) return line;
  return `${open}\n${entries.map((entry) => inner + entry).join(",\n")}\n${indent}${close}`;
}
