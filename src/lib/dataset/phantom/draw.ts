import type {Random} from "../../measures/random.js";
import {normal, stream} from "../../measures/random.js";
import type {Anatomy} from "./anatomy.js";
import {bodyAt, bonesAt, drawAnatomy, heartAt, lungAt, sideOf, vesselsAt} from "./anatomy.js";
import type {Field} from "./noise.js";
import {edge, octaves, valueNoise} from "./noise.js";
import {drawOpacities} from "./opacities.js";

export interface PhantomRequest {
  seed: number;
  /** Index into COVIDx's classes. */
  label: number;
  /** Width and height in pixels. */
  size: number;
  /** Plants a shortcut: a bright tag in the upper corner, far from the lungs. */
  marker?: boolean;
}

/** A synthetic radiograph and the truth about it: byte images of shape [size, size]; masks are 0 or 1. */
export interface Phantom {
  pixels: Uint8Array;
  /** Where disease was drawn. */
  opacity: Uint8Array;
  /** Both lungs, without the heart's shadow. */
  lungs: Uint8Array;
  /** The planted marker. */
  marker: Uint8Array;
  /** Air beside the body, and what the collimator hides. */
  outside: Uint8Array;
}

/**
 * Draws a synthetic chest radiograph: trunk, lungs, heart, spine, ribs, collar bones, vessels, the opacities of a
 * class, and what a machine adds: position, exposure, contrast, uneven field, collimation, noise. A pure function of
 * its arguments. It resembles a radiograph enough to exercise the whole study with known truth; it is no model of
 * disease.
 */
export function drawPhantom({seed, label, size, marker = false}: PhantomRequest): Phantom {
  const purpose = (name: string) => stream(seed, `phantom/${name}`);
  const anatomy = drawAnatomy(purpose("anatomy"));
  const opacityAt = drawOpacities(label, anatomy, purpose("opacities"));
  const machine = drawMachine(purpose("machine"));
  const tissue = octaves(valueNoise(purpose("tissue")));
  const grain = purpose("grain");
  const phantom: Phantom = {
    pixels: new Uint8Array(size * size),
    opacity: new Uint8Array(size * size),
    lungs: new Uint8Array(size * size),
    marker: new Uint8Array(size * size),
    outside: new Uint8Array(size * size)
  };
  for (let row = 0, i = 0; row < size; ++row) {
    for (let column = 0; column < size; ++column, ++i) {
      const u = (2 * column + 1) / size - 1;
      const v = (2 * row + 1) / size - 1;
      const x = machine.x(u, v);
      const y = machine.y(u, v);
      const lung = lungWithoutHeart(anatomy, x, y);
      const {added, extent} = lung > 0 ? opacityAt(x, y) : {added: 0, extent: 0};
      const marked = marker && isMarker(u, v);
      const film = machine.expose(density(anatomy, tissue, lung, x, y) + added * lung, u, v);
      const level = Math.max(0, Math.min(255, 255 * film + machine.noise * normal(grain)));
      phantom.pixels[i] = marked ? 250 : level;
      phantom.lungs[i] = Number(lung > 0.5);
      phantom.opacity[i] = Number(lung > 0.5 && extent > 0.3);
      phantom.marker[i] = Number(marked);
      phantom.outside[i] = Number(film === 0 || bodyAt(anatomy, x, y) === 0);
    }
  }
  return phantom;
}

function lungWithoutHeart(anatomy: Anatomy, x: number, y: number): number {
  const lung = lungAt(anatomy, sideOf(x), x, y);
  return lung > 0 ? lung * (1 - heartAt(anatomy, x, y)) : 0;
}

/** Brightness before exposure: air 0, lung about a third of soft tissue, bone brightest. */
function density(anatomy: Anatomy, tissue: Field, lung: number, x: number, y: number): number {
  const body = bodyAt(anatomy, x, y);
  if (body === 0) return 0;
  const middle = 0.1 * edge((0.2 - Math.abs(x)) / 0.14) + 0.06 * heartAt(anatomy, x, y);
  const abdomen = 0.1 * edge((y - 0.62) / 0.25);
  const soft = body * (0.56 + middle + abdomen + 0.035 * tissue(6 * x, 6 * y)) * (1 - 0.58 * lung);
  return soft + body * bonesAt(anatomy, x, y) + (lung > 0 ? 0.11 * lung * vesselsAt(anatomy, sideOf(x), x, y) : 0);
}

interface Machine {
  /** Where a point of the image lies in the person. */
  x(u: number, v: number): number;
  y(u: number, v: number): number;
  /** Brightness of a density on the film, 0 to 1. */
  expose(density: number, u: number, v: number): number;
  /** Standard deviation of the grain, in grey levels. */
  noise: number;
}

function drawMachine(random: Random): Machine {
  const between = (low: number, high: number) => low + (high - low) * random();
  const angle = between(-0.06, 0.06);
  const scale = between(0.94, 1.1);
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale];
  const shift = {x: between(-0.07, 0.07), y: between(-0.07, 0.07)};
  const gamma = between(0.85, 1.25);
  const gain = between(0.95, 1.15);
  const veil = between(0.0, 0.06);
  const tilt = {x: between(-0.06, 0.06), y: between(-0.06, 0.06)};
  const collimated = random() < 0.25 ? between(0.93, 0.98) : 2;
  return {
    x: (u, v) => cos * u + sin * v - shift.x,
    y: (u, v) => cos * v - sin * u - shift.y,
    expose: (density, u, v) =>
      Math.max(Math.abs(u), Math.abs(v)) > collimated
        ? 0
        : veil + Math.pow(Math.max(0, density * gain * (1 + tilt.x * u + tilt.y * v)), gamma),
    noise: between(2, 6)
  };
}

/** A small "T" in the upper left corner. */
function isMarker(u: number, v: number): boolean {
  const bar = v > -0.92 && v < -0.86 && u > -0.92 && u < -0.74;
  const stem = v >= -0.86 && v < -0.72 && u > -0.86 && u < -0.8;
  return bar || stem;
}
