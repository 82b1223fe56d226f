import type {Random} from "../../measures/random.js";
import type {Anatomy, Side} from "./anatomy.js";
import {depthInLung, hilum, sideOf, sides, sign} from "./anatomy.js";
import type {Field} from "./noise.js";
import {bell, edge, octaves, valueNoise} from "./noise.js";

/** Brightness that disease adds at a point of the lung, and how far the point belongs to the diseased area (0 to 1). */
export interface Opacity {
  added: number;
  extent: number;
}

export type OpacityAt = (x: number, y: number) => Opacity;

const none: Opacity = {added: 0, extent: 0};

/**
 * The opacities of a class, after the textbook pattern of each: COVID-19, ground glass at the periphery of both lower
 * zones; viral pneumonia, a fine net around both hila; bacterial pneumonia, one dense lobe; normal, none.
 */
export function drawOpacities(label: number, anatomy: Anatomy, random: Random): OpacityAt {
  const draw = [groundGlass, interstitial, consolidation][label];
  return draw ? draw(anatomy, random) : () => none;
}

/** Hazy patches, two or three a side, along the outer border of the lower half; vessels stay visible through them. */
function groundGlass(anatomy: Anatomy, random: Random): OpacityAt {
  const between = (low: number, high: number) => low + (high - low) * random();
  const haze = octaves(valueNoise(random));
  const strength = between(0.13, 0.24);
  const patches = sides.flatMap((side) =>
    Array.from({length: 2 + Math.floor(2 * random())}, () => {
      const y = between(0.04, 0.42);
      return {
        x: sign(side) * borderAt(anatomy, side, y, between(0.03, 0.1)),
        y,
        a: between(0.14, 0.22),
        b: between(0.17, 0.26)
      };
    })
  );
  return (x, y) => {
    let extent = 0;
    for (const patch of patches) extent = Math.max(extent, blob((x - patch.x) / patch.a, (y - patch.y) / patch.b));
    return {added: strength * extent * (1 + 0.5 * haze(7 * x, 7 * y)), extent};
  };
}

/** Fine lines and small knots in both lungs, densest around the hilum. */
function interstitial(_: Anatomy, random: Random): OpacityAt {
  const between = (low: number, high: number) => low + (high - low) * random();
  const [mesh, warp] = [valueNoise(random), valueNoise(random)];
  const strength = between(0.16, 0.26);
  const reach = between(0.2, 0.28);
  const scale = between(20, 28);
  return (x, y) => {
    const root = hilum(sideOf(x));
    const weight = bell(distance(x - root.x * 1.3, 0.8 * (y - root.y - 0.06)) / reach);
    const lines = 1 - 3.2 * Math.abs(mesh(scale * x + 2 * warp(5 * x, 5 * y), scale * y + 2 * warp(5 * y, 5 * x)));
    return {added: strength * weight * (0.22 + 0.78 * Math.max(0, lines)), extent: weight};
  };
}

/** One lobe of one lung turned dense, ending sharply at a fissure, with branching airways left dark in it. */
function consolidation(_: Anatomy, random: Random): OpacityAt {
  const between = (low: number, high: number) => low + (high - low) * random();
  const side: Side = random() < 0.6 ? 0 : 1;
  const upper = random() < 0.4;
  const fissure = upper ? between(-0.28, -0.12) : between(0, 0.16);
  const slope = between(-0.25, 0.25);
  const centre = {x: sign(side) * between(0.3, 0.48), y: fissure + (upper ? -1 : 1) * between(0.1, 0.18)};
  const size = between(0.24, 0.34);
  const strength = between(0.24, 0.38);
  const texture: Field = octaves(valueNoise(random));
  return (x, y) => {
    if (sideOf(x) !== side) return none;
    const beyond = (upper ? -1 : 1) * (y - fissure - slope * (x - centre.x));
    const extent = blob((x - centre.x) / size, (y - centre.y) / size) * edge(beyond / 0.03 + 0.5);
    return {added: strength * extent * (1 + 0.2 * texture(6 * x, 6 * y)), extent};
  };
}

const distance = (x: number, y: number) => Math.sqrt(x * x + y * y);

/** Full in the middle, gone at distance 1. */
const blob = (u: number, v: number) => edge(1.15 * (0.62 - distance(u, v)) + 0.07);

/** Distance from the midline of the point that lies `depth` inside the lung's outer border at a height. */
function borderAt(anatomy: Anatomy, side: Side, y: number, depth: number): number {
  for (let u = anatomy.width; u > 0.2; u -= 0.01) if (depthInLung(anatomy, side, sign(side) * u, y) >= depth) return u;
  return 0.2;
}
