import type {CollectionName} from "../../lib/dataset/external.js";
import type {Estimate} from "../../lib/measures/interval.js";
import {clopperPearson} from "../../lib/measures/interval.js";
import {stage} from "../../lib/pipeline/stage.js";
import {externalEvaluation} from "../external/evaluation.js";
import {evaluation} from "../results/evaluate.js";
import type {RunArgs} from "../runs/training.js";

/** A share of some images, of so many patients where the lists tell. */
export type Suspected = Estimate & {patients?: number};

const groups = {disease: "COVID-19", adults: "No finding", children: "normal", ill: "COVID-19"};

/**
 * The shares that a run takes for COVID-19 of adults of another hospital without a finding, of the normal children of
 * the test list, and of patients of other hospitals who have COVID-19, with exact intervals; of no images there is
 * none.
 */
export const suspected = stage({
  name: "suspected",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => {
    const elsewhere = (collection: CollectionName) => externalEvaluation({...args, runs: [args.run], collection});
    return {home: evaluation(args), nih: elsewhere("nih"), figure1: elsewhere("figure1")};
  },
  params: groups,
  run: ({home, nih, figure1}, {disease, adults, children, ill}) => {
    const names = home.perClass.map((one) => one.class);
    const exact = (k: number, n: number, patients = 0): Suspected | null =>
      n ? {...clopperPearson(k, n), ...(patients && {patients})} : null;
    const among = ({groups}: typeof nih, label: string) => {
      const found = groups.find((group) => group.label === label);
      return found ? exact(found.takenFor[names.indexOf(disease)].k!, found.images, found.patients) : null;
    };
    const healthy = home.confusion[names.indexOf(children)] ?? [];
    return {
      adults: among(nih, adults),
      children: exact(
        healthy[names.indexOf(disease)],
        healthy.reduce((a, b) => a + b, 0)
      ),
      ill: among(figure1, ill)
    };
  }
});
