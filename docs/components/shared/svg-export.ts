import {svgElement, svgParts} from "./svg-parts.js";

const margin = 12; // pixels

/**
 * The pictures of a figure with their legends as one SVG file that stands alone, placed as on the page, on its
 * background.
 */
export function standaloneSvg(figure: Element, title: string): string {
  const parts = svgParts(figure);
  const left = Math.min(...parts.map(({box}) => box.left));
  const top = Math.min(...parts.map(({box}) => box.top));
  const width = 2 * margin + Math.max(...parts.map(({box}) => box.right)) - left;
  const height = 2 * margin + Math.max(...parts.map(({box}) => box.bottom)) - top;
  const {color} = getComputedStyle(document.body);
  const {backgroundColor} = getComputedStyle(document.documentElement); // which has the theme's, not the body
  const root = svgElement("svg", {width, height, viewBox: `0 0 ${width} ${height}`, color});
  root.append(svgElement("title", {}, title), svgElement("rect", {width, height, fill: backgroundColor}));
  for (const {box, draw} of parts) {
    const {width, height} = box;
    root.append(draw({x: box.left - left + margin, y: box.top - top + margin, width, height}));
  }
  return new XMLSerializer().serializeToString(root);
}
