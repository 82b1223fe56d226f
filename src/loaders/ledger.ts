import {above, all, cannotTell, type Claim, type Ends, type Verdict} from "../lib/study/claims.js";
import type {
  CitedResult,
  Comparison,
  Estimate,
  PretrainingArtifact,
  ResultsArtifact,
  RunResult,
  StudyResult
} from "./types.js";

/** What claims are tested over. */
export interface Evidence {
  results: ResultsArtifact;
  pairs: PretrainingArtifact["pairs"];
  /** COVID-Net's published figures, by class as well, and what it was pretrained on. */
  covidNet: CitedResult & {pretrained: string; perClass: {class: string; recall: number; precision: number}[]};
}

const study2020 = "The study of 2020";
const report = "This report";
const number = (value: number, digits = 3) => value.toFixed(digits).replace("-", "−");
const range = ({low, high}: Ends) => `${number(low, 2)} to ${number(high, 2)}`;
const interval = (estimate: Estimate) => `${number(estimate.value)} (${range(estimate)})`;

/** The run of a network that starts from ImageNet and is best on validation. */
const leader = ({results: {runs}}: Evidence, model: string) =>
  runs.filter((run) => run.leads && run.model === model && run.start === "ImageNet").reduce(better, undefined);
const validationOf = ({validation}: RunResult) => validation?.weightedF1 ?? 0;
const better = (a: StudyResult | undefined, b: StudyResult) => (!a || validationOf(b) > validationOf(a) ? b : a);
/** The single run that is best on validation. */
const best = ({results: {runs}}: Evidence) => runs.reduce(better, undefined);
const named = (results: readonly RunResult[], run: string) => results.find((result) => result.run === run);

/** Whether measures lie above published ones, which have no interval. */
function beats(title: string, measures: {name: string; ours: Estimate; theirs: number}[]): Verdict {
  const words = measures.map(({name, ours, theirs}) => `${name} ${interval(ours)} against ${number(theirs)}`);
  return {
    status: all(measures.map(({ours, theirs}) => above(ours, theirs))),
    because: `${title}: ${words.join("; ")}.`
  };
}

const overall = (result: RunResult, cited: CitedResult) => [
  {name: "accuracy", ours: result.accuracy, theirs: cited.accuracy},
  {name: "macro F1", ours: result.macroF1, theirs: cited.macroF1},
  {name: "weighted F1", ours: result.weightedF1, theirs: cited.weightedF1}
];

/** Whether the best run is ahead of others, by the paired bootstrap of the macro F1. */
const ahead = (comparisons: readonly Comparison[]): Verdict =>
  comparisons.length
    ? {
        status: all(comparisons.map(({macroF1}) => above(macroF1, 0))),
        because: comparisons
          .map(({a, b, macroF1}) => `${a.title} less ${b.title}: macro F1 ${interval(macroF1)}.`)
          .join(" ")
      }
    : cannotTell("There is nothing to compare with yet.");

/** The conclusions of the study of 2020, and the report's own. */
export const ledger: Claim<Evidence>[] = [
  {
    id: "covid-net-from-scratch",
    statement: "COVID-Net is trained from scratch, without ImageNet.",
    source: study2020,
    strength: "fact",
    test: ({covidNet: {pretrained, source}}) => ({
      status: pretrained ? "not supported" : "supported",
      because: `${source} pretrains it ${pretrained}.`
    })
  },
  {
    id: "densenet-covid-recall",
    statement: "DenseNet-121 finds every COVID-19 image, at the price of a low precision.",
    source: study2020,
    strength: "observation",
    test: (evidence) => {
      const run = leader(evidence, "densenet121");
      const covid = run?.perClass.find((c) => c.class === "COVID-19");
      if (!run || !covid) return cannotTell("DenseNet-121 has not been trained from ImageNet here.");
      const others = evidence.results.runs.filter(({leads, model}) => leads && model !== run.model);
      const lowest = others.every((other) => other.perClass.some((c) => c.class === "COVID-19" && c.precision.value > covid.precision.value)); // prettier-ignore
      return {
        status: covid.recall.k === covid.recall.n && lowest ? "supported" : "not supported",
        because: `${run.title} finds ${covid.recall.k} of ${covid.recall.n} (recall ${range(covid.recall)}); its precision is ${interval(covid.precision)}, ${lowest ? "the lowest" : "not the lowest"} of all networks.`
      };
    }
  },
  {
    id: "xception-best",
    statement: "Of the single networks, Xception has the best weighted F1.",
    source: study2020,
    strength: "intervals",
    test: (evidence) => {
      const run = leader(evidence, "xception");
      const others = evidence.results.runs.filter(({leads, model}) => leads && model !== "xception");
      if (!run || !others.length) return cannotTell("Xception and another network have not both been trained here.");
      const [rival] = [...others].sort((a, b) => b.weightedF1.value - a.weightedF1.value);
      const status =
        run.weightedF1.low > rival.weightedF1.high
          ? "supported"
          : run.weightedF1.high < rival.weightedF1.low
            ? "not supported"
            : "cannot tell";
      return {
        status,
        because: `${run.title}: ${interval(run.weightedF1)}; ${rival.title}: ${interval(rival.weightedF1)}.`
      };
    }
  },
  {
    id: "ensemble-beats-covid-net",
    statement:
      "The weighted ensemble beats COVID-Net everywhere: overall and in the recall and precision of every class.",
    source: study2020,
    strength: "intervals",
    test: ({results: {ensembles}, covidNet}) => {
      const tuned = named(ensembles, "ensemble-tuned");
      if (!tuned) return cannotTell("Fewer than two pretrained networks have a result, so that there is no ensemble.");
      const classes = covidNet.perClass.flatMap((theirs) => {
        const ours = tuned.perClass.find((c) => c.class === theirs.class);
        return ours
          ? (["recall", "precision"] as const).map((name) => ({
              name: `${name} of ${theirs.class}`,
              ours: ours[name],
              theirs: theirs[name]
            }))
          : [];
      });
      return beats(tuned.title, [...overall(tuned, covidNet), ...classes]);
    }
  },
  {
    id: "pretraining-helps",
    statement: "Pretraining on ImageNet helps: networks end better than from random weights.",
    source: study2020,
    strength: "paired test",
    test: ({pairs}) => {
      const pretrained = pairs.filter(({start, fraction}) => start === "ImageNet" && fraction === 1);
      if (!pretrained.length)
        return cannotTell("No network has been trained both from ImageNet and from random weights.");
      const ends = pretrained.map(({spread, seeds}) => ({value: spread.mean, ...(spread.interval ?? {low: seeds[0].difference.low, high: seeds[0].difference.high})})); // prettier-ignore
      return {
        status: all(ends.map((end) => above(end, 0))),
        because: pretrained.map(({network, seeds, spread: {n}}, i) => `${network}: macro F1 ${interval(ends[i])} higher, ${n === 1 ? "one seed, interval over test images" : `${n} seeds, interval over them`}${seeds.every(({sameProcedure}) => sameProcedure) ? "" : ", by another procedure"}.`).join(" ") // prettier-ignore
      };
    }
  },
  {
    id: "single-beats-covid-net",
    statement: "The best single network passes COVID-Net’s published macro and weighted F1.",
    source: report,
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
    source: report,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(comparisons.filter(({b}) => b.run.startsWith("probe-")))
  },
  {
    id: "beats-thumbnail",
    statement: "The best run is better than logistic regression on a thumbnail of 16 × 16 pixels.",
    source: report,
    strength: "paired test",
    test: ({results: {comparisons}}) => ahead(comparisons.filter(({b}) => b.run === "baseline-thumbnail"))
  },
  {
    id: "sources-leak",
    statement:
      "What a file gives away without its picture (aspect ratio, size, brightness) tells the classes apart better than chance.",
    source: report,
    strength: "intervals",
    test: ({results: {baselines}}) => {
      const [metadata, prior] = ["metadata", "prior"].map((name) => named(baselines, `baseline-${name}`));
      if (!metadata || !prior) return cannotTell("The baselines have no result here.");
      return {
        status: above(metadata.balancedAccuracy, prior.balancedAccuracy.value),
        because: `Balanced accuracy ${interval(metadata.balancedAccuracy)}; whatever the image, it is ${number(prior.balancedAccuracy.value)}.`
      };
    }
  },
  {
    id: "rare-class-uncertain",
    statement:
      "The test images cannot show a perfect recall of the rarest class: even without a miss it may be below 75%.",
    source: report,
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
    source: report,
    strength: "intervals",
    test: (evidence) => {
      const run = best(evidence);
      if (!run?.validation) return cannotTell("No network has validation predictions yet.");
      return {
        status: above({low: -run.weightedF1.high, high: -run.weightedF1.low}, -run.validation.weightedF1),
        because: `${run.title}: weighted F1 ${interval(run.weightedF1)} on test, ${number(run.validation.weightedF1)} on validation, by which it was chosen.`
      };
    }
  }
];
