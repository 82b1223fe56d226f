import {svg} from "htl";

/**
 * A drawn chest outline, in place of a radiograph that is not here: shoulders, lungs, spine, diaphragm. Not a patient.
 */
export const chestOutline = (): SVGElement => svg`<svg class="chest-outline" viewBox="0 0 100 100" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" stroke-linejoin="round">
    <path d="M40 2 C40 10 38 13 28 16 C14 20 7 24 5 36 L4 99"></path>
    <path d="M60 2 C60 10 62 13 72 16 C86 20 93 24 95 36 L96 99"></path>
    <path d="M43 20 C34 16 25 24 20 42 C15 58 14 70 15 82 C24 77 36 77 44 83 C46 62 46 36 43 20 Z"></path>
    <path d="M57 20 C66 16 75 24 80 42 C85 58 86 70 85 82
      C78 77 70 76 64 78 C66 70 64 62 57 56 C55 44 55 32 57 20 Z"></path>
    <path d="M50 4 L50 96" stroke-dasharray="3 2.5" stroke-opacity="0.6"></path>
  </g>
</svg>`;
