import type {ExplanationsArtifact} from "../../../src/report/explanations/artifact.js";
import type {Cam} from "./cam-list.js";
import {count, percent, plural} from "../shared/format.js";

type Attention = ExplanationsArtifact["attention"][number];

const measures: Record<string, string> = {
  lungs: "outside the lungs",
  "lung-boxes": "outside the boxes around the lungs",
  outside: "outside the body"
};

/** Row by the key of a test image. */
const testRow = (key: string): number | undefined => (key.startsWith("test/") ? Number(key.slice(5)) : undefined);

/** The maps of the test images that lie mostly outside the lungs, the furthest first. */
export function testSuspects(judged: Attention | null | undefined, cams: readonly Cam[]): Cam[] {
  const byRow = new Map(cams.map((cam) => [cam.row, cam]));
  return (judged?.suspects ?? []).flatMap(({key}) => byRow.get(testRow(key) ?? -1) ?? []);
}

/** What the measure says of an image. */
export function suspectRemark({suspects}: Attention): (row: number) => string {
  const byRow = new Map(suspects.map((suspect) => [testRow(suspect.key), suspect]));
  return (row) => {
    const suspect = byRow.get(row);
    return suspect ? `${percent(suspect.share, 0)} of the energy ${measures[suspect.measure]}` : "";
  };
}

/** Whether anything is outlined in any image; else it is known only what lies outside the body. */
export const outlined = ({attention}: Pick<ExplanationsArtifact, "attention">): boolean =>
  attention.some(({table}) => table.some(({region}) => region !== "outside"));

/** How many there are, how they were found and which of them cannot be shown. */
export function describeSuspects({table, suspects, suspected}: Attention): string {
  const lungs = table.find(({region}) => region === "lungs");
  const chance = lungs
    ? ` For comparison: of a uniform map, ${percent(1 - lungs.energy.uniform, 0)} lies outside the outlined lungs.`
    : "";
  const rows = suspects.flatMap(({key}) => (testRow(key) === undefined ? [key.replace("train/", "")] : []));
  const training = rows.length ? ` Of these, rows ${rows.join(", ")} of the training list are not shown.` : "";
  const listed = suspected > suspects.length ? ` The ${count(suspects.length)} furthest are listed.` : "";
  if (!outlined({attention: [{table}] as ExplanationsArtifact["attention"]})) {
    return (
      `Found by the measure: ${plural(suspected, "map")} with more than half of the energy outside ` +
      "the body. Lungs are outlined in no image: a map may lie beside them " +
      `unnoticed.${listed}${training}`
    );
  }
  return (
    `Found by the measure: ${plural(suspected, "map")} with more than half of the energy outside ` +
    "the lungs where these are outlined, " +
    "outside their boxes where only boxes were drawn, and outside the body for all other images, " +
    "of which most have no outline: there a map " +
    `may lie beside the lungs unnoticed.${chance}${listed}${training}`
  );
}
