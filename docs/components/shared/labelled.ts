/** Names every control of an input that has no name of its own: Inputs.range labels its number but not its slider. */
export function labelled<T extends Element>(input: T, label: string): T {
  for (const control of input.querySelectorAll("input"))
    if (!control.labels?.length) control.setAttribute("aria-label", label);
  return input;
}
