import type {Estimate} from "measures";
import type {RunResult} from "../../../src/report/results/artifact.js";
import {classLabel} from "../shared/classes.js";
import {count} from "../shared/format.js";
import type {LensOptions} from "../lens/lens.js";
import {behindClassScore} from "../lens/lens-class.js";
import type {Scored} from "../lens/lens-words.js";
import {scoreCell} from "../shared/score-cell.js";
import {type Column, dataTable} from "../shared/table.js";

type ClassScore = RunResult["perClass"][number];
const scores = {recall: "Recall", precision: "Precision", f1: "F1", rocAuc: "ROC AUC"} as const;

/** The scores of each class, with the counts behind each proportion and, behind a lens, the images. */
export function classScoreTable(scored: Scored, {classes, ...options}: LensOptions & {classes: string[]}): HTMLElement {
  const cell = (of: ClassScore, name: keyof typeof scores, e: Estimate | null) =>
    e ? scoreCell(e, behindClassScore(scored, of, name), options) : "–";
  return dataTable(
    [
      {label: "Class", value: (c) => classLabel(c.class, classes), header: true},
      {label: "Images", value: (c) => count(c.support), align: "right"},
      ...(Object.keys(scores) as (keyof typeof scores)[]).map((name): Column<ClassScore> => ({
        label: scores[name],
        value: (c) => cell(c, name, c[name]),
        align: "right"
      }))
    ],
    scored.run.perClass,
    {label: "Scores of each class"}
  );
}
