import {claims2020} from "./study-2020.js";
import {ownClaims} from "./own.js";

export type {Evidence} from "./evidence.js";

/** The conclusions of the study of 2020, and the report's own. */
export const ledger = [...claims2020, ...ownClaims];
