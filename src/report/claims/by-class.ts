import {above, all, cannotTell, type Claim} from "../../lib/study/claims.js";
import type {ClassGains, Gain} from "../pretraining/artifact.js";
import {gainOf, interval, type Evidence} from "./evidence.js";

const source = "This report";
const untried = cannotTell("No network has been trained on all images from both starts.");

const words = ({network}: Pick<ClassGains, "network">, gain: Gain): string =>
  `${network} ${interval(gainOf(gain))} over ` +
  `${gain.spread.interval ? `${gain.spread.n} seeds` : "the test images, with one seed"}`;

/** Whether the gain is more than what few images of one class make of it. */
export const withoutRarest: Claim<Evidence>[] = [
  {
    id: "gain-without-rarest",
    statement:
      "Pretraining raises the macro F1 over the classes other than the rarest too, of every network " +
      "that was trained on all images.",
    source,
    strength: "intervals",
    test: ({byClass}) => {
      if (!byClass.length) return untried;
      if (byClass[0].rarest === null) return cannotTell("Several classes have as few test images: none is the rarest.");
      const said = byClass.map((one) => words(one, one.others)).join("; ");
      return {
        status: all(byClass.map(({others}) => above(gainOf(others), 0))),
        because: `Difference in macro F1 without ${byClass[0].rarest}: ${said}.`
      };
    }
  }
];

/** In which class of COVIDx pretraining does harm. */
export const normalClaims: Claim<Evidence>[] = [
  {
    id: "fewer-normals",
    statement: "Pretrained networks find fewer of the normal test images than their twins from random weights.",
    source,
    strength: "intervals",
    test: ({byClass}) => {
      const found = byClass.flatMap((one) => {
        const normal = one.classes.find((of) => of.class === "normal");
        return normal ? [{one, recall: normal.recall}] : [];
      });
      if (!found.length) return untried;
      const ends = found.map(({recall}) => gainOf(recall));
      return {
        status: all(ends.map(({low, high}) => above({low: -high, high: -low}, 0))),
        because: `Difference in the recall of normal: ${found.map(({one, recall}) => words(one, recall)).join("; ")}.`
      };
    }
  }
];
