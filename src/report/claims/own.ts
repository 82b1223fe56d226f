import {above, cannotTell, type Claim, joined, said} from "../../lib/study/claims.js";
import {
  ahead,
  beats,
  best,
  interval,
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
        ...said`${words} Macro F1 with equal weights: ${score(equal, "macroF1")};
          of the single run: ${score(single, "macroF1")}.`
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
      "What a file gives away without its picture (aspect ratio, size, brightness) tells the classes " +
      "apart better than chance.",
    source,
    strength: "intervals",
    test: ({results: {baselines}, balance}) => {
      const [metadata, prior] = ["metadata", "prior"].map((name) => named(baselines, `baseline-${name}`));
      if (!metadata || !prior || !balance) return cannotTell("The baselines have no result here.");
      const chance = prior.balancedAccuracy.value;
      const recalls = metadata.perClass.map(
        ({class: name, recall}) =>
          said`${name} ${{text: interval(recall), of: {run: metadata.run, score: "recall" as const, class: name}}}`
      );
      return {
        status: above(balance, chance),
        ...said`Balanced accuracy ${interval(balance)}; whatever the image, it is ${number(chance)}.
          It is the mean of the classes’ recalls, ${joined(recalls, ", ")}, and its interval that of their exact ones
          where all of these hold at once: resampling cannot tell what a class leaves open of which all of a few images
          are found.`
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
      const {rarest} = evidence;
      if (!best(evidence) || !rarest) return cannotTell("No network has a result yet.");
      const {low, k, n} = rarest.recall;
      return {
        status: low < 0.75 ? "supported" : "not supported",
        because: `With ${k} of ${n} ${rarest.class} images found, the exact 95% interval begins at ${number(low)}.`
      };
    }
  },
  {
    id: "test-is-harder",
    statement: "The test images are harder than the validation images: networks score lower on them.",
    source,
    strength: "observation",
    test: (evidence) => {
      const judged = evidence.results.runs.flatMap(({validation, weightedF1, fraction}) =>
        validation && fraction === 1 ? [validation.weightedF1 - weightedF1.value] : []
      );
      const run = best(evidence);
      const {fall} = evidence;
      if (!run?.validation || !fall || !judged.length) return cannotTell("No network has validation predictions yet.");
      const lower = judged.filter((difference) => difference > 0).length;
      const every = lower === judged.length ? "supported" : "cannot tell";
      return {
        status: lower > judged.length / 2 ? every : "not supported",
        ...said`Of ${judged.length} runs on all images, ${lower} ${lower === 1 ? "has" : "have"} a lower weighted F1 on
          the test images than on the validation images, which chose their epochs. The one that is best on validation,
          and that was chosen by it, is ${run.title}: ${score(run, "weightedF1")} on test,
          ${number(run.validation.weightedF1)} on validation, a fall of ${number(fall.value)}, from ${range(fall)} with
          both lists resampled.`
      };
    }
  }
];
