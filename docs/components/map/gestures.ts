import {enclosed, nearest, type Places, step} from "./selection.js";

export interface Choice {
  /** Places of the chosen points in the list. */
  selected: number[];
  /** The point whose details are asked for. */
  focus?: number;
}

/** What gestures act on. */
export interface Gestures {
  places(): Places;
  choice(): Choice;
  change(choice: Choice): void;
}

/** Turns what the reader does into a choice. A finger scrolls the page and taps, but draws no line. */
export function listen(element: HTMLElement, lasso: SVGPathElement, {places, choice, change}: Gestures): void {
  let line: [number, number][] | undefined;
  let dragged = false;
  const at = (event: MouseEvent): [number, number] => {
    const {left, top} = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0) return;
    line = [at(event)];
    element.setPointerCapture(event.pointerId);
  });
  element.addEventListener("pointermove", (event) => {
    line?.push(at(event));
    if (line) lasso.setAttribute("d", `M${line.join("L")}Z`);
  });
  element.addEventListener("pointerup", () => {
    dragged = line !== undefined && line.length > 5;
    const around = line && dragged ? enclosed(places(), line) : [];
    line = undefined;
    lasso.removeAttribute("d");
    if (around.length) change({selected: around});
  });
  element.addEventListener("click", (event) => {
    const focus = dragged ? undefined : nearest(places(), ...at(event));
    if (focus !== undefined) change({...choice(), focus});
  });
  element.addEventListener("keydown", (event) => {
    const {selected, focus} = choice();
    const next = step(places(), focus, event.key);
    if (next !== undefined) change({selected, focus: next});
    else if (event.key === "Escape") change({selected: []});
    else if (event.key === " " && focus !== undefined) change({selected: toggled(selected, focus), focus});
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
  });
}

const toggled = (list: number[], item: number) =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
