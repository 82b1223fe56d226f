import type {PretrainingArtifact} from "../../../src/report/pretraining/artifact.js";

// Okabe & Ito 2008, none of which is a class's colour in these figures.
const colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/** What bodies start from, in the order in which they are shown: random weights first, then as they occur. */
export const startsOf = (items: readonly Pick<PretrainingArtifact["runs"][number], "start">[]): string[] => {
  const found = [...new Set(items.map(({start}) => start))];
  return found.sort((a, b) => Number(b === "random") - Number(a === "random"));
};

/** A colour and a symbol for each start, the same in every figure. */
export const startScales = (starts: readonly string[]) => ({
  color: {domain: [...starts], range: colors.slice(0, starts.length), legend: true},
  symbol: {domain: [...starts], range: ["circle", "triangle", "square", "diamond2"].slice(0, starts.length)}
});
