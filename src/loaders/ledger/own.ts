import {above, all, cannotTell, type Claim, joined, said} from "../../lib/study/claims.js";
import {
  ahead,
  apart,
  beats,
  best,
  describeGain,
  gainOf,
  named,
  number,
  overall,
  reversed,
  score,
  type Evidence
} from "./evidence.js";

const source = "This report";

/** What this report says itself. */
export const ownClaims: Claim<Evidence>[] = [
  {
    id: "more-than-scale",
    statement:
      "What helps is more than the scale of the weights: ImageNet ends better than random weights of its means and variances.",
    source,
    strength: "intervals",
    test: ({pairs}) => {
      const both = pairs.flatMap((pair) => {
        const scale = pairs.find(({model, start, fraction}) => model === pair.model && start !== "ImageNet" && fraction === pair.fraction); // prettier-ignore
        return pair.start === "ImageNet" && scale ? [{pair, scale}] : [];
      });
      return both.length
        ? {
            status: all(both.map(({pair, scale}) => apart(gainOf(pair), gainOf(scale)))),
            ...joined(both.map(({pair, scale}) => said`${pair.network}: ImageNet gains ${describeGain(pair)}; its means and variances gain ${describeGain(scale)}.`)) // prettier-ignore
          }
        : cannotTell("No network has been trained from both starts.");
    }
  },
  {
    id: "more-with-less-data",
    statement: "The fewer training images there are, the more pretraining helps.",
    source,
    strength: "intervals",
    test: ({pairs}) => {
      const imagenet = pairs.filter(({start}) => start === "ImageNet");
      const ends = imagenet.flatMap((whole) => {
        const parts = imagenet.filter(({model, fraction}) => model === whole.model && fraction < 1);
        return whole.fraction === 1 && parts.length ? [{whole, part: parts.reduce((a, b) => (b.fraction < a.fraction ? b : a))}] : []; // prettier-ignore
      });
      return ends.length
        ? {
            status: all(ends.map(({whole, part}) => apart(gainOf(part), gainOf(whole)))),
            ...joined(ends.map(({whole, part}) => said`${whole.network}: macro F1 higher by ${describeGain(part)}, with ${Math.round(100 * part.fraction)}% of the images; by ${describeGain(whole)}, with all.`)) // prettier-ignore
          }
        : cannotTell("No network has been trained on a part of the images from both starts.");
    }
  },
  {
    id: "learns-faster",
    statement: "Networks from ImageNet reach a macro F1 on validation sooner than from random weights.",
    source,
    strength: "observation",
    test: ({pairs, ways}) => {
      const twins = pairs.filter(({start}) => start === "ImageNet").flatMap(({seeds}) => seeds);
      const races = twins.flatMap(({pretrained, scratch}) => {
        const [a, b] = [pretrained, scratch].map((id) => ways.find(({run}) => run === id)!);
        const level = a.reached.findLastIndex(({reached}) => reached);
        return level < 0 ? [] : [{a: a.reached[level].epochs, b: b.reached[level].epochs, censored: !b.reached[level].reached}]; // prettier-ignore
      });
      const sooner = races.filter(({a, b, censored}) => a < b || (censored && a <= b)).length;
      const never = races.filter(({censored}) => censored).length;
      return races.length
        ? {
            status: sooner === races.length ? "supported" : sooner > races.length / 2 ? "cannot tell" : "not supported",
            because: `Of the highest level that a pretrained run reached, it was sooner in ${sooner} of ${races.length} pairs; ${never} twins from random weights never reached it.`
          }
        : cannotTell("No network has been trained from both starts.");
    }
  },
  {
    id: "ensemble-beats-single",
    statement: "The ensemble whose weights validation chose is better than the best single run.",
    source,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(comparisons.filter(({b}) => b.run === "ensemble-tuned").map(reversed))
  },
  {
    id: "single-beats-covid-net",
    statement: "The best single network passes COVID-Net’s published macro and weighted F1.",
    source,
    strength: "intervals",
    test: (evidence) => {
      const run = best(evidence);
      return run
        ? beats(run.title, overall(run, evidence.covidNet).slice(1))
        : cannotTell("No network has a result yet.");
    }
  },
  {
    id: "beats-probe",
    statement: "The best run is better than a linear probe on frozen ImageNet features.",
    source,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(comparisons.filter(({b}) => b.run.startsWith("probe-")))
  },
  {
    id: "beats-thumbnail",
    statement: "The best run is better than logistic regression on a thumbnail of 16 × 16 pixels.",
    source,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(comparisons.filter(({b}) => b.run === "baseline-thumbnail"))
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
      // Clopper and Pearson's lower end for n of n.
      const lower = 0.025 ** (1 / rare.support);
      return {
        status: lower < 0.75 ? "supported" : "not supported",
        because: `With ${rare.support} of ${rare.support} ${rare.class} images found, the exact 95% interval begins at ${number(lower)}.`
      };
    }
  },
  {
    id: "test-is-harder",
    statement:
      "Scores on the test images are lower than on validation: the test split comes from another distribution.",
    source,
    strength: "intervals",
    test: (evidence) => {
      const run = best(evidence);
      if (!run?.validation) return cannotTell("No network has validation predictions yet.");
      return {
        status: above({low: -run.weightedF1.high, high: -run.weightedF1.low}, -run.validation.weightedF1),
        ...said`${run.title}: weighted F1 ${score(run, "weightedF1")} on test, ${number(run.validation.weightedF1)} on validation, by which it was chosen.`
      };
    }
  }
];
