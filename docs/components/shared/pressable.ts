import {selectAll} from "d3";
import {roving} from "./roving.js";

/** What a mark is called, and what pressing it does. */
export interface Press {
  label: string;
  press: () => void;
}

/** Makes the marks of a chart, each known by the number of its row, into buttons for the mouse and for the keyboard. */
export function pressable(chart: Element, mark: string, of: (row: number) => Press): Element {
  chart.setAttribute("role", "group"); // a picture may hold no buttons
  const marks = chart.querySelectorAll<SVGElement>(`[data-mark="${mark}"] path`);
  selectAll<SVGElement, number>(marks).each(function (row) {
    const {label, press} = of(row);
    this.setAttribute("role", "button");
    this.setAttribute("aria-label", label);
    this.classList.add("pressable");
    this.addEventListener("click", press);
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    });
  });
  roving(chart, ".pressable");
  return chart;
}
