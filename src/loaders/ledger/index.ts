import {byClassClaims} from "./by-class.js";
import {elsewhereClaims} from "./elsewhere.js";
import {ownClaims} from "./own.js";
import {sourceClaims} from "./same-source.js";
import {startClaims} from "./starts.js";
import {claims2020} from "./study-2020.js";

export {best, type Evidence} from "./evidence.js";

/** The conclusions of the study of 2020, and the report's own. */
export const ledger = [
  ...claims2020,
  ...startClaims,
  ...byClassClaims,
  ...ownClaims,
  ...sourceClaims,
  ...elsewhereClaims
];
