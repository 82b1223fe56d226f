import {above, all, cannotTell, type Claim, joined, said} from "../../lib/study/claims.js";
import {
  apart,
  beats,
  describeGain,
  gainOf,
  interval,
  leader,
  named,
  overall,
  range,
  rivals,
  score,
  type Evidence
} from "./evidence.js";

const source = "The study of 2020";

/** What the study of 2020 concluded. */
export const claims2020: Claim<Evidence>[] = [
  {
    id: "covid-net-from-scratch",
    statement: "COVID-Net is trained from scratch, without ImageNet.",
    source,
    strength: "fact",
    test: ({covidNet: {pretrained, source}}) => ({
      status: pretrained ? "not supported" : "supported",
      because: `${source} pretrains it ${pretrained}.`
    })
  },
  {
    id: "densenet-covid-recall",
    statement: "DenseNet-121 finds every COVID-19 image, at the price of a low precision.",
    source,
    strength: "observation",
    test: (evidence) => {
      const run = leader(evidence, "densenet121");
      const covid = run?.perClass.find((c) => c.class === "COVID-19");
      if (!run || !covid) return cannotTell("DenseNet-121 has not been trained from ImageNet here.");
      const lowest = rivals(evidence, "densenet121").every((other) => other.perClass.some((c) => c.class === "COVID-19" && c.precision.value > covid.precision.value)); // prettier-ignore
      const of = {run: run.run, class: covid.class};
      const recall = {text: range(covid.recall), of: {...of, score: "recall" as const}};
      const precision = {text: interval(covid.precision), of: {...of, score: "precision" as const}};
      return {
        status: covid.recall.k === covid.recall.n && lowest ? "supported" : "not supported",
        ...said`${run.title} finds ${covid.recall.k!} of ${covid.recall.n!} (recall ${recall}); its precision is ${precision}, ${lowest ? "the lowest" : "not the lowest"} of all networks.`
      };
    }
  },
  {
    id: "xception-best",
    statement: "Of the single networks, Xception has the best weighted F1.",
    source,
    strength: "intervals",
    test: (evidence) => {
      const run = leader(evidence, "xception");
      const others = rivals(evidence, "xception");
      if (!run || !others.length) return cannotTell("Xception and another network have not both been trained here.");
      const [rival] = [...others].sort((a, b) => b.weightedF1.value - a.weightedF1.value);
      return {
        status: apart(run.weightedF1, rival.weightedF1),
        ...said`${run.title}: ${score(run, "weightedF1")}; ${rival.title}: ${score(rival, "weightedF1")}.`
      };
    }
  },
  {
    id: "ensemble-beats-covid-net",
    statement:
      "The weighted ensemble beats COVID-Net everywhere: overall and in the recall and precision of every class.",
    source,
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
              theirs: theirs[name],
              of: {run: tuned.run, score: name, class: theirs.class}
            }))
          : [];
      });
      return beats(tuned.title, [...overall(tuned, covidNet), ...classes]);
    }
  },
  {
    id: "pretraining-helps",
    statement: "Pretraining on ImageNet helps: networks end better than from random weights.",
    source,
    strength: "paired test",
    test: ({pairs}) => {
      const pretrained = pairs.filter(({start, fraction}) => start === "ImageNet" && fraction === 1);
      if (!pretrained.length)
        return cannotTell("No network has been trained both from ImageNet and from random weights.");
      return {
        status: all(pretrained.map((pair) => above(gainOf(pair), 0))),
        ...joined(pretrained.map((pair) => said`${pair.network}: macro F1 higher by ${describeGain(pair)}${pair.seeds.every(({sameProcedure}) => sameProcedure) ? "" : ", by another procedure"}.`)) // prettier-ignore
      };
    }
  }
];
