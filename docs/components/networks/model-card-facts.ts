import {html} from "htl";
import type {InventoryArtifact} from "../../../src/report/data/artifact.js";
import type {ResultsArtifact, StudyResult} from "../../../src/report/results/artifact.js";
import type {StudyArtifact} from "../../../src/report/study/artifact.js";
import {rarest} from "../claims/answer.js";
import {count, estimate, magnitude, percent, plural, score} from "../shared/format.js";
import type {Network} from "./networks-table.js";

/** What model cards are made from, beside the network itself. */
export interface CardContext {
  study: StudyArtifact;
  results: ResultsArtifact;
  inventory: InventoryArtifact;
}

/** A line of a model card. */
export type Fact = [name: string, value: string | Node];

const paper = ({paper, paperUrl}: Network) => (paperUrl ? html`<a href=${paperUrl}>${paper}</a>` : paper);

const weights = ({weights}: Network) =>
  weights
    ? html`<span>ImageNet, <a href=${weights.url}>${weights.file}</a>, ${weights.licence}</span>`
    : "nobody publishes any from ImageNet";

/** What a network is, and whose weights there are. */
export const architecture = (network: Network): Fact[] => [
  [
    "Architecture",
    html`<span
      >${paper(network)}. ${magnitude(network.body.parameters)} parameters and ${magnitude(network.head.parameters)} in
      the head, made for images of ${network.inputSize} px</span
    >`
  ],
  ["Published weights", weights(network)]
];

/** What the card's run was trained on, and how. */
export function training(result: StudyResult, {study, inventory}: CardContext): Fact[] {
  const run = study.runs.find(({id}) => id === result.run);
  const procedure = study.procedures.find(({id}) => id === run?.procedure);
  const {train, validation} = inventory.validation;
  return [
    ["This card’s run", html`<span>${result.title}, the best of the network’s runs on validation</span>`],
    [
      "Training data",
      `${inventory.title}: ${percent(run?.fraction ?? 1, 0)} of ${plural(train, "image")}, and ` +
        `${count(validation)} others for choices` +
        (study.dataset.name === "covidx" || inventory.testShare !== null
          ? "; its test images are from the same sources"
          : "")
    ],
    ["Procedure", html`<a href="./training.html">${procedure?.title ?? run?.procedure}</a>`]
  ];
}

/** How far its probabilities can be trusted. */
function calibration({expectedCalibrationError, calibrated}: StudyResult): string {
  const before = `expected calibration error ${estimate(expectedCalibrationError)} on test`;
  if (!calibrated) return before;
  const {temperature, expectedCalibrationError: after} = calibrated;
  return `${before}; ${score(after)} with the temperature ${score(temperature)}, which validation chose`;
}

/** What the card’s run reaches on the test images. */
export const scores = (result: StudyResult): Fact[] => [
  [
    "Scores",
    `macro F1 ${estimate(result.macroF1)}, weighted F1 ${estimate(result.weightedF1)}, accuracy ` +
      `${estimate(result.accuracy)} on ${plural(result.images, "test image")}`
  ],
  ["Calibration", calibration(result)]
];

/** What the weights are for, and what they are not for. */
export const intended: Fact[] = [
  ["Intended use", "to compare starts, networks and procedures in research; to test methods of explanation"],
  [
    "Not intended",
    "diagnosis, triage or any other clinical use; images of other hospitals, ages or devices; any " +
      "conclusion about a person"
  ]
];

/** What to keep in mind; that classes differ in their sources is known of COVIDx. */
export const caveats = (result: StudyResult, {study}: Pick<CardContext, "study">): Fact[] => [
  [
    "Caveats",
    html`<span
      >${rarest(result)} Classes ${study.dataset.name === "covidx" ? "differ" : "may differ"} in the source of their
      images as well, and it may have learned these: <a href="./limits.html">limits</a>.</span
    >`
  ]
];
