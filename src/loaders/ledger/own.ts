import {clopperPearson} from "../../lib/evaluation/intervals.js";
import {above, cannotTell, type Claim, said} from "../../lib/study/claims.js";
import {
  ahead,
  beats,
  best,
  leads,
  named,
  number,
  otherDataset,
  overall,
  range,
  reversed,
  score,
  type Evidence
} from "./evidence.js";

const source = "This report";

/** How the networks of this report compare with what was published of COVIDx. */
export const publishedClaims: Claim<Evidence>[] = [
  {
    id: "single-beats-covid-net",
    statement: "The single network that is best on validation passes COVID-Net’s published macro and weighted F1.",
    source,
    strength: "intervals",
    test: (evidence) => {
      const [run, {published}] = [best(evidence), evidence];
      if (!published) return otherDataset;
      return run ? beats(run, published, overall(run, published).slice(1)) : cannotTell("No network has a result yet.");
    }
  }
];

/** What this report says of its scores and of their limits. */
export const ownClaims: Claim<Evidence>[] = [
  {
    id: "ensemble-beats-single",
    statement: "The ensemble whose weights validation chose is better than the single run that is best on validation.",
    source,
    strength: "paired test",
    test: (evidence) => {
      const {ensembles, comparisons} = evidence.results;
      const found = ahead(leads(comparisons.filter(({b}) => b.run === "ensemble-tuned")).map(reversed));
      const [equal, single] = [named(ensembles, "ensemble-average"), best(evidence)];
      if (!equal || !single || !found.figures) return found;
      const words = {because: found.because, figures: found.figures};
      return {
        status: found.status,
        ...said`${words} Macro F1 with equal weights: ${score(equal, "macroF1")}; of the single run: ${score(single, "macroF1")}.`
      };
    }
  },
  {
    id: "beats-probe",
    statement: "The run that is best on validation is better than a linear probe on frozen ImageNet features.",
    source,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(leads(comparisons.filter(({b}) => b.run.startsWith("probe-"))))
  },
  {
    id: "beats-thumbnail",
    statement:
      "The run that is best on validation is better than logistic regression on a thumbnail of 16 × 16 pixels.",
    source,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(leads(comparisons.filter(({b}) => b.run === "baseline-thumbnail")))
  },
  {
    id: "sources-leak",
    statement:
      "What a file gives away without its picture (aspect ratio, size, brightness) tells the classes apart better than chance.",
    source,
    strength: "intervals",
    test: ({results: {baselines}}) => {
      const [metadata, prior] = ["metadata", "prior"].map((name) => named(baselines, `baseline-${name}`));
      if (!metadata || !prior) return cannotTell("The baselines have no result here.");
      return {
        status: above(metadata.balancedAccuracy, prior.balancedAccuracy.value),
        ...said`Balanced accuracy ${score(metadata, "balancedAccuracy")}; whatever the image, it is ${number(prior.balancedAccuracy.value)}.`
      };
    }
  },
  {
    id: "rare-class-uncertain",
    statement:
      "The test images cannot show a perfect recall of the rarest class: even without a miss it may be below 75%.",
    source,
    strength: "fact",
    test: (evidence) => {
      const rare = best(evidence)?.perClass.reduce((a, b) => (b.support < a.support ? b : a));
      if (!rare) return cannotTell("No network has a result yet.");
      const {lower} = clopperPearson(rare.support, rare.support);
      return {
        status: lower < 0.75 ? "supported" : "not supported",
        because: `With ${rare.support} of ${rare.support} ${rare.class} images found, the exact 95% interval begins at ${number(lower)}.`
      };
    }
  },
  {
    id: "test-is-harder",
    statement: "The run that is best on validation scores lower on the test images than there.",
    source,
    strength: "intervals",
    test: (evidence) => {
      const run = best(evidence);
      const {fall} = evidence;
      if (!run?.validation || !fall) return cannotTell("No network has validation predictions yet.");
      return {
        status: above(fall, 0),
        ...said`${run.title}: weighted F1 ${score(run, "weightedF1")} on test, ${number(run.validation.weightedF1)} on the validation images, which chose the run and its epoch. The fall, with both lists resampled, is ${number(fall.value)}, from ${range(fall)}.`
      };
    }
  }
];
