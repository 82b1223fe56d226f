import type {Random} from "../../measures/random.js";
import {bell, edge} from "./noise.js";

/**
 * One person's chest, in units of half the image: x runs from -1 to 1 (left to right as the image is seen), y from -1
 * (neck) to 1 (abdomen). Side 0 is the lung at the left of the image, the person's right lung; side 1 the other.
 */
export interface Anatomy {
  /** Half-width of the rib cage. */
  width: number;
  /** Height of the lungs' tops and of the dome of the diaphragm of each side. */
  apex: number;
  base: [number, number];
  heart: {x: number; y: number; a: number; b: number; tilt: number};
  ribs: {start: number; spacing: number; slope: number; strength: number};
  vessels: [Vessel[], Vessel[]];
  /** Softness of every edge: the patient's movement and the X-ray tube's focus. */
  softness: number;
}

export type Side = 0 | 1;
export const sides: readonly Side[] = [0, 1];
export const sideOf = (x: number): Side => (x < 0 ? 0 : 1);

/** The sign of x on a side. */
export const sign = (side: Side) => 2 * side - 1;

type Between = (low: number, high: number) => number;

/** A blood vessel: a straight segment that tapers away from the lung's root. */
interface Vessel {
  x: number;
  y: number;
  dx: number;
  dy: number;
  length: number;
  thickness: number;
}

/** Where vessels and airways enter each lung. */
export const hilum = (side: Side) => ({x: sign(side) * 0.22, y: -0.02});

export function drawAnatomy(random: Random): Anatomy {
  const between: Between = (low, high) => low + (high - low) * random();
  const base = between(0.48, 0.62);
  return {
    width: between(0.7, 0.82),
    apex: between(-0.82, -0.72),
    base: [base - between(0.03, 0.09), base],
    heart: {x: between(0.08, 0.15), y: between(0.24, 0.32), a: between(0.25, 0.34), b: between(0.22, 0.28), tilt: 0.5},
    ribs: {
      start: between(-0.74, -0.66),
      spacing: between(0.165, 0.195),
      slope: between(0.25, 0.45),
      strength: between(0.08, 0.14)
    },
    vessels: [drawVessels(0, between), drawVessels(1, between)],
    softness: between(0.8, 1.4)
  };
}

const drawVessels = (side: Side, between: Between) => Array.from({length: 14}, () => drawVessel(side, between));

function drawVessel(side: Side, between: Between): Vessel {
  const {x, y} = hilum(side);
  const angle = between(-1.35, 1.35);
  const length = between(0.18, 0.55);
  return {
    x: x + between(-0.03, 0.03),
    y: y + between(-0.1, 0.1),
    dx: sign(side) * Math.cos(angle) * length,
    dy: Math.sin(angle) * length,
    length,
    thickness: between(0.008, 0.02)
  };
}

/** Distance from the lung's outer border, inwards, in units of half the image; negative outside. */
export function depthInLung({width, apex, base}: Anatomy, side: Side, x: number, y: number): number {
  const u = sign(side) * x;
  const t = Math.min(1, (y - apex) / (base[side] - apex));
  if (t <= 0 || u <= 0) return -1;
  const lateral = width * Math.sqrt(1 - (1 - t) * (1 - t) * Math.sqrt(1 - t)) - u;
  const medial = u - 0.13;
  return Math.min(lateral, medial, diaphragm(base[side], u) - y);
}

/** The diaphragm's dome falls off towards the ribs, where it leaves the sharp costophrenic angle. */
const diaphragm = (base: number, u: number) => base + 0.9 * (u - 0.34) * (u - 0.34);

/** How much of a point is air-filled lung, 0 to 1, heart not counted out. */
export function lungAt(anatomy: Anatomy, side: Side, x: number, y: number): number {
  return edge(depthInLung(anatomy, side, x, y) / (0.045 * anatomy.softness));
}

export function heartAt({heart, softness}: Anatomy, x: number, y: number): number {
  const cos = Math.cos(heart.tilt);
  const sin = Math.sin(heart.tilt);
  const u = (cos * (x - heart.x) + sin * (y - heart.y)) / heart.a;
  const v = (-sin * (x - heart.x) + cos * (y - heart.y)) / heart.b;
  return edge((1 - Math.sqrt(u * u + v * v)) / (0.25 * softness));
}

/** Thickness of the body along the beam, 0 outside, 1 at most: neck, shoulders, trunk. */
export function bodyAt({width}: Anatomy, x: number, y: number): number {
  const shoulders = edge((y + 0.82) / 0.42);
  const halfWidth = 0.3 + (width + 0.17 - 0.3) * shoulders;
  const inside = 1 - (x * x) / (halfWidth * halfWidth);
  return inside <= 0 ? 0 : Math.sqrt(Math.sqrt(inside));
}

/** Brightness that bones add: spine, ribs (behind, falling outwards, and in front, rising), collar bones. */
export function bonesAt({ribs, width, apex}: Anatomy, x: number, y: number): number {
  const u = Math.abs(x);
  const spine = 0.09 * bell(x / 0.075) * (1 + 0.22 * Math.cos((y * 2 * Math.PI) / 0.12));
  const line = bell((y - (apex + 0.14 - 0.22 * (u - 0.12))) / 0.022);
  const collar = 0.13 * line * edge((u - 0.08) / 0.1) * edge((0.85 - u) / 0.1);
  if (y < apex - 0.02 || u > width * 1.02) return spine + collar;
  const behind = ribShadow(y - ribs.slope * u * (1.6 - u) - ribs.start, ribs.spacing);
  const front = ribShadow(y + 0.35 * u * u - ribs.start - 0.3, ribs.spacing * 1.15);
  const cage = edge((width * 1.02 - u) / 0.05) * edge((0.72 - y) / 0.3);
  const shadow = behind * edge((u - 0.1) / 0.1) + 0.45 * front * edge((u - 0.28) / 0.3);
  return spine + collar + ribs.strength * cage * shadow;
}

/** A rib's shadow has denser rims than its middle. */
function ribShadow(offset: number, spacing: number): number {
  const distance = Math.abs(offset - Math.round(offset / spacing) * spacing);
  return 0.7 * edge((0.034 - distance) / 0.02) + 0.5 * bell((distance - 0.028) / 0.008);
}

/** Brightness that the lungs' vessels add. */
export function vesselsAt({vessels}: Anatomy, side: Side, x: number, y: number): number {
  let most = 0;
  for (const vessel of vessels[side]) {
    const across = ((x - vessel.x) * vessel.dy - (y - vessel.y) * vessel.dx) / vessel.length;
    if (Math.abs(across) > 3 * vessel.thickness) continue;
    const along = ((x - vessel.x) * vessel.dx + (y - vessel.y) * vessel.dy) / vessel.length ** 2;
    if (along < 0 || along > 1) continue;
    most = Math.max(most, (1 - 0.6 * along) * bell(across / (vessel.thickness * (1 - 0.75 * along))));
  }
  return most;
}
