import {ensembleMembers} from "./ensemble.js";
import {evaluation} from "../results/evaluate.js";
import {study} from "../../study.js";
import {eachRun} from "../shared/support.js";

/**
 * The runs that the study joins and that have a result, with it: the members of every ensemble that a page tells of.
 */
export const membersWithResults = () =>
  eachRun(
    (run) => evaluation({study, run}),
    (result, run) => ({run, result}),
    ensembleMembers(study)
  );
