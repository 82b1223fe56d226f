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
const namespace = "http://www.w3.org/2000/svg";

/** The pictures of a figure: those that are announced, which small marks within a text are not. */
export const pictures = (figure: Element): SVGSVGElement[] => [
  ...figure.querySelectorAll<SVGSVGElement>("svg[aria-label]")
];

/** A copy with the styles that it is shown with, so that it needs no style sheet: colours as the theme has them. */
function styled(original: Element): Element {
  const copy = original.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll("*")];
  [original, ...original.querySelectorAll("*")].forEach((element, i) => {
    const style = getComputedStyle(element);
    const values = properties.map((name) => [name, style.getPropertyValue(name)]).filter(([, value]) => value);
    copies[i].setAttribute("style", values.map(([name, value]) => `${name}: ${value}`).join("; "));
    for (const name of ["class", "tabindex", "role"]) copies[i].removeAttribute(name);
  });
  for (const sheet of copy.querySelectorAll("style")) sheet.remove();
  return copy;
}

const element = (name: string, attributes: Record<string, string | number>, text = ""): SVGElement => {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
};

/**
 * The pictures of a figure as one SVG file that stands alone, placed as on the page, on the page's background. Throws
 * nothing; without a picture the file is empty.
 */
export function standaloneSvg(figure: Element, title: string): string {
  const margin = 12;
  const shown = pictures(figure);
  const boxes = shown.map((picture) => picture.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  const width = 2 * margin + Math.max(0, ...boxes.map((box) => box.right - left));
  const height = 2 * margin + Math.max(0, ...boxes.map((box) => box.bottom - top));
  const {backgroundColor, color} = getComputedStyle(document.body);
  const root = element("svg", {width, height, viewBox: `0 0 ${width} ${height}`, color});
  root.append(element("title", {}, title));
  root.append(element("rect", {width, height, fill: backgroundColor}));
  shown.forEach((picture, i) => {
    const {left: x, top: y, width, height} = boxes[i];
    const copy = styled(picture);
    const place = {x: x - left + margin, y: y - top + margin, width, height, overflow: "visible"};
    for (const [key, value] of Object.entries(place)) copy.setAttribute(key, String(value));
    root.append(copy);
  });
  return new XMLSerializer().serializeToString(root);
}
