import {html} from "htl";

/** A slider over values that are not evenly spaced, such as perplexities; its value is the chosen one. */
export function steps<T>(
  values: readonly T[],
  {label, value, format = String}: {label: string; value?: T; format?: (value: T) => string}
): HTMLElement & {value: T} {
  const start = Math.max(0, values.indexOf(value as T));
  const range = html`<input
    type="range"
    min="0"
    max=${values.length - 1}
    step="1"
    value=${start}
    aria-label=${label}
  />` as HTMLInputElement;
  const output = html`<output></output>`;
  const form = html`<form class="steps" onsubmit=${(event: Event) => event.preventDefault()}>
    <span class="steps-label" aria-hidden="true">${label}</span>${range}${output}
  </form>` as HTMLElement & {value: T};
  const update = () => {
    const text = format(form.value);
    output.textContent = text;
    range.setAttribute("aria-valuetext", text);
  };
  Object.defineProperty(form, "value", {
    get: () => values[Number(range.value)],
    set: (next: T) => {
      range.value = String(values.indexOf(next));
      update();
    }
  });
  range.addEventListener("input", update);
  update();
  return form;
}
