import {html} from "htl";
import type {FilmArtifact} from "../../../src/report/map/artifact.js";
import {place, type Places} from "./selection.js";
import {steps} from "./steps.js";

const frameMilliseconds = 120;

/** A frame as coordinates from -999 to 999, as maps have them. */
export function decodeFrame(frame: string): {x: number[]; y: number[]} {
  const bytes = Array.from(atob(frame), (character) => ((character.charCodeAt(0) - 128) * 999) / 127);
  return {x: bytes.filter((_, at) => at % 2 === 0), y: bytes.filter((_, at) => at % 2 === 1)};
}

/**
 * A button that loads the course of an optimisation and plays it, with a slider over its iterations. Where the reader
 * prefers less motion it does not play by itself.
 */
export function film(
  load: () => Promise<FilmArtifact | null>,
  {size, show}: {size: number; show: (places: Places, milliseconds: number) => void}
): HTMLElement {
  const element = html`<div class="film"></div>`;
  const button = html`<button type="button" class="more">Watch the optimisation</button>` as HTMLButtonElement;
  const open = async () => {
    button.disabled = true;
    const result = await load();
    if (!result) return void (button.textContent = "It was not recorded.");
    element.replaceChildren(player(result));
  };
  button.addEventListener("click", () => void open());
  element.append(button);
  return element;

  function player({frames, every, perplexity}: FilmArtifact): HTMLElement {
    const all = frames.map((frame) => place(decodeFrame(frame), size));
    const iterations = frames.map((_, i) => (i + 1) * every);
    const slider = steps(iterations, {label: `Iteration (perplexity ${perplexity})`});
    const range = slider.querySelector("input")!;
    const play = html`<button type="button" class="more">Play</button>`;
    let timer: ReturnType<typeof setInterval> | undefined;
    const go = (i: number) => {
      slider.value = iterations[i];
      show(all[i], frameMilliseconds);
    };
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      play.textContent = "Play";
    };
    const start = (from: number) => {
      let i = from;
      play.textContent = "Pause";
      go(i);
      timer = setInterval(() => {
        if (++i < all.length && element.isConnected) go(i);
        else stop();
      }, frameMilliseconds);
    };
    const resume = () => start(Number(range.value) === all.length - 1 ? 0 : Number(range.value));
    play.addEventListener("click", () => (timer ? stop() : resume()));
    range.addEventListener("input", () => {
      stop();
      show(all[Number(range.value)], frameMilliseconds);
    });
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) start(0);
    return html`<div class="film-player">${play}${slider}</div>`;
  }
}
