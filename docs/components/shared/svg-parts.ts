/** What a picture takes from the style sheets of its page. */
const properties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "visibility",
  "display",
  "paint-order",
  "font-family",
  "font-size",
  "font-style",
  "font-variant-numeric",
  "font-weight",
  "text-anchor"
];

/** A part of a figure: where it stands in the window, and what draws it there. */
export interface SvgPart {
  box: DOMRect;
  draw: (place: {x: number; y: number; width: number; height: number}) => Element;
}

/** An element of a picture. */
export function svgElement(name: string, attributes: Record<string, string | number>, text = ""): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}

const styleOf = (element: Element): string => {
  const style = getComputedStyle(element);
  const values = properties.map((name) => [name, style.getPropertyValue(name)]).filter(([, value]) => value);
  return values.map(([name, value]) => `${name}: ${value}`).join("; ");
};

/** A copy with the styles that it is shown with, so that it needs no style sheet: colours as the theme has them. */
function picture(original: SVGSVGElement): SvgPart {
  const copy = original.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll("*")];
  [original, ...original.querySelectorAll("*")].forEach((element, i) => {
    copies[i].setAttribute("style", styleOf(element));
    for (const name of ["class", "tabindex", "role"]) copies[i].removeAttribute(name);
  });
  for (const sheet of copy.querySelectorAll("style")) sheet.remove();
  const draw: SvgPart["draw"] = (place) => {
    for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
    copy.setAttribute("overflow", "visible");
    return copy;
  };
  return {box: original.getBoundingClientRect(), draw};
}

/** The words of an element, each piece where it stands. */
function words(element: Element): SvgPart[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const parts: SvgPart[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent?.trim();
    if (!text) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const {color, fontSize, fontWeight, fontFamily} = getComputedStyle(node.parentElement ?? element);
    const style = `fill: ${color}; font: ${fontWeight} ${fontSize} ${fontFamily}`;
    parts.push({
      box: range.getBoundingClientRect(),
      draw: ({x, y, height}) => svgElement("text", {x, y: y + height / 2, "dominant-baseline": "central", style}, text)
    });
  }
  return parts;
}

const swatch = (element: Element): SvgPart => ({
  box: element.getBoundingClientRect(),
  draw: (place) => svgElement("rect", {...place, fill: getComputedStyle(element).backgroundColor})
});

/** The pictures of a figure: those that are announced, which small marks within a text are not. */
export const pictures = (figure: Element): SVGSVGElement[] => [
  ...figure.querySelectorAll<SVGSVGElement>("svg[aria-label]")
];

/** The pictures of a figure, and the legends and titles of panels, without which they cannot be read. */
export const svgParts = (figure: Element): SvgPart[] => [
  ...[...pictures(figure), ...figure.querySelectorAll<SVGSVGElement>(".legend svg")].map(picture),
  ...[...figure.querySelectorAll(".legend .swatch")].map(swatch),
  ...[...figure.querySelectorAll(".legend, .panel-title")].flatMap(words)
];
