import {normalClaims, withoutRarest} from "./by-class.js";
import {elsewhereClaims} from "./elsewhere.js";
import {ownClaims, publishedClaims} from "./own.js";
import {sourceClaims} from "./same-source-claims.js";
import {startClaims} from "./starts.js";
import {claims2020, pretrainingHelps} from "./study-2020.js";

export {best, type Evidence} from "./evidence.js";

/** The conclusions of the study of 2020, and the report's own on the same images. */
export const ledger = [
  ...claims2020,
  ...startClaims,
  ...withoutRarest,
  ...normalClaims,
  ...publishedClaims,
  ...ownClaims,
  ...sourceClaims,
  ...elsewhereClaims
];

/** What is claimed of a dataset: of others than COVIDx only what does not speak of its images. */
export const ledgerOf = (dataset: string) =>
  dataset === "covidx"
    ? ledger
    : [{...pretrainingHelps, source: "This report"}, ...startClaims, ...withoutRarest, ...ownClaims];
