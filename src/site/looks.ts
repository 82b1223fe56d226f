/** A way to look at a page. */
export interface Look {
  name: string;
  width: number;
  height: number;
  colorScheme: "light" | "dark";
  media?: "print";
  /** What axe-core examines; a page that changes its colours or its width alone need not be examined whole again. */
  accessibility?: "all" | "contrast";
}

const desk = {width: 1280, height: 900};
const wall = {width: 3840, height: 2160};
const telephone = {width: 375, height: 800};

/** All ways that a page must bear, in the order in which it goes through them; the first is how it is opened. */
export const looks: readonly Look[] = [
  {name: "desktop", ...desk, colorScheme: "light", accessibility: "all"},
  {name: "dark", ...desk, colorScheme: "dark", accessibility: "contrast"},
  {name: "wide dark", ...wall, colorScheme: "dark"},
  {name: "wide", ...wall, colorScheme: "light"},
  {name: "mobile", ...telephone, colorScheme: "light", accessibility: "all"},
  {name: "mobile dark", ...telephone, colorScheme: "dark", accessibility: "contrast"},
  {name: "print", width: 717, height: 1046, colorScheme: "light", media: "print"} // A4 without its margins
];
