import type {Figure} from "../../lib/study/claims.js";
import type {Source} from "../shared/source.js";

/** docs/data/claims.json: what the report claims, and what its results say of that. */
export interface ClaimsArtifact {
  claims: {
    id: string;
    statement: string;
    source: string;
    /** What the status rests on: "over seeds, paired test". */
    strength: string;
    status: "supported" | "not supported" | "cannot tell";
    /** The numbers that say so, and of which of them there is more to show, in their order. */
    because: string;
    figures?: Figure[];
  }[];
  /** Of all results that the claims are tested over. */
  sources: Source[];
}
