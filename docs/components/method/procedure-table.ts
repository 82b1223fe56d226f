import type {StudyProcedure} from "../../../src/report/study/artifact.js";
import {count, list, percent, plural} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Phase = StudyProcedure["phases"][number];

const trained: Record<Phase["train"], string> = {
  head: "the head",
  upper: "all but the lowest group of layers",
  all: "everything"
};

/** A setting as it is written in the study: "1e-2", "0.4". */
const number = (value: number): string =>
  (value !== 0 && value < 1e-2 ? value.toExponential() : String(value)).replace("-", "−");

/** The peak learning rate: of all layers, or from the input to the head. */
export function peakRate({maxRate}: Pick<Phase, "maxRate">): string {
  if (typeof maxRate === "number") return number(maxRate);
  return maxRate.low === undefined ? number(maxRate.high) : `${number(maxRate.low)} to ${number(maxRate.high)}`;
}

const schedule = ({schedule}: Phase): string =>
  schedule === "one-cycle"
    ? "one-cycle"
    : `constant, × ${schedule.factor} after ${plural(schedule.patience, "epoch")} without a lower loss`;

/** The phases of all procedures as rows: for the table and the download. */
export const phaseRows = (procedures: readonly StudyProcedure[]) =>
  procedures.flatMap(({id, phases}) =>
    phases.map((phase, i) => ({
      procedure: id,
      phase: i + 1,
      trains: trained[phase.train],
      size: phase.size,
      epochs: phase.epochs,
      peakRate: peakRate(phase),
      schedule: schedule(phase)
    }))
  );

/** Where the last phase leaves nothing to choose an epoch from. */
export function describeLastPhases(procedures: readonly StudyProcedure[]): string {
  const single = procedures.filter(({phases}) => phases[phases.length - 1].epochs === 1).map(({id}) => id);
  return single.length ? `The last phase of ${list(single)} has one epoch: there, nothing is chosen.` : "";
}

type Row = ReturnType<typeof phaseRows>[number];
const columns: Column<Row>[] = [
  {label: "Procedure and phase", header: true, value: ({procedure, phase}) => `${procedure}, ${phase}`},
  {label: "Trains", value: ({trains}) => trains},
  {label: "Images", align: "right", value: ({size}) => `${size} px`},
  {label: "Epochs", align: "right", value: ({epochs}) => count(epochs)},
  {label: "Peak rate", align: "right", value: ({peakRate}) => peakRate},
  {label: "Schedule", value: ({schedule}) => schedule}
];

/** Every phase of every procedure. */
export const phaseTable = (procedures: readonly StudyProcedure[]): HTMLElement =>
  dataTable(columns, phaseRows(procedures), {label: "Phases of the procedures"});

/** What training does to its images, in words. */
export function augmentationWords({flip, rotate, zoom, lighting, warp, cutout}: StudyProcedure["augmentation"]) {
  const parts = [
    flip && "mirrored",
    rotate > 0 && `turned by up to ${rotate}°`,
    zoom > 1 && `enlarged by up to ${percent(zoom - 1, 0)}`,
    lighting > 0 && `brightness and contrast changed by up to ${percent(lighting, 0)}`,
    warp > 0 && `warped by up to ${percent(warp, 0)}`,
    cutout && `${cutout.holes.join(" to ")} squares of ${cutout.length.join(" to ")} px blackened`
  ].filter((part): part is string => Boolean(part));
  return list(parts) || "none";
}

const loss = ({focal, labelSmoothing, classWeights}: StudyProcedure): string =>
  [
    focal ? `focal, γ = ${focal}` : "cross-entropy",
    ...(labelSmoothing ? [`targets smoothed by ${labelSmoothing}`] : []),
    ...(classWeights ? ["rare classes weigh more"] : [])
  ].join(", ");

/** What holds in all phases of a procedure, by name. */
const settings: Record<string, (procedure: StudyProcedure) => string> = {
  "Images a batch": ({batchSize}) => count(batchSize),
  "Weight decay": ({weightDecay}) => number(weightDecay),
  "Dropout before the logits": ({dropout}) => number(dropout),
  "Mixup, α": ({mixup}) => number(mixup),
  Loss: loss,
  "Classes drawn": ({sampling}) => (sampling === "shuffled" ? "as they occur" : "equally often"),
  Augmentation: ({augmentation}) => augmentationWords(augmentation),
  "Test-time copies": ({testCopies}) => count(testCopies)
};

/** The settings of all procedures as rows: for the table and the download. */
export const settingRows = (procedures: readonly StudyProcedure[]) =>
  Object.entries(settings).map(([setting, value]) => ({
    setting,
    ...Object.fromEntries(procedures.map((procedure) => [procedure.id, value(procedure)]))
  }));

/** The settings of all procedures side by side. */
export const settingTable = (procedures: readonly StudyProcedure[]): HTMLElement =>
  dataTable<ReturnType<typeof settingRows>[number] & Record<string, string>>(
    [
      {label: "Setting", header: true, value: ({setting}) => setting},
      ...procedures.map(({id}) => ({label: id, value: (row: Record<string, string>) => row[id]}))
    ],
    settingRows(procedures),
    {label: "Settings of the procedures"}
  );
