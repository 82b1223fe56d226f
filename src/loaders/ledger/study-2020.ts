import {greatest} from "d3";
import {all, cannotTell, type Claim, said} from "../../lib/study/claims.js";
import {startNames} from "../start-names.js";
import {
  apart,
  beats,
  gains,
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
    statement: "COVID-Net as published was trained from scratch, without ImageNet.",
    source,
    strength: "fact",
    test: ({covidNet: {pretrained, source}}) => ({
      status: pretrained ? "not supported" : "supported",
      because: `${source} pretrains it ${pretrained}.`
    })
  },
  {
    id: "densenet-covid-recall",
    statement: "DenseNet-121 from ImageNet finds every COVID-19 image, at the price of a low precision.",
    source,
    strength: "observation",
    test: (evidence) => {
      const run = leader(evidence, "densenet121");
      const covid = run?.perClass.find((c) => c.class === "COVID-19");
      const others = rivals(evidence, "densenet121").filter(({start}) => start === startNames.imagenet);
      if (!run || !covid || !others.length)
        return cannotTell(
          "DenseNet-121 and another network have not both been trained from ImageNet on all images here."
        );
      const lowest = others.every((other) => other.perClass.some((c) => c.class === "COVID-19" && c.precision.value > covid.precision.value)); // prettier-ignore
      const of = {run: run.run, class: covid.class};
      const recall = {text: range(covid.recall), of: {...of, score: "recall" as const}};
      const precision = {text: interval(covid.precision), of: {...of, score: "precision" as const}};
      return {
        status: covid.recall.k === covid.recall.n && lowest ? "supported" : "not supported",
        ...said`${run.title} finds ${covid.recall.k!} of ${covid.recall.n!} (recall ${recall}); its precision is ${precision}, ${lowest ? "the lowest" : "not the lowest"} of the networks from ImageNet.`
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
      if (!run || !others.length)
        return cannotTell("Xception from ImageNet and another network have not both been trained on all images here.");
      const rival = greatest(others, ({weightedF1}) => weightedF1.value)!;
      return {
        status: all(others.map(({weightedF1}) => apart(run.weightedF1, weightedF1))),
        ...said`${run.title}: ${score(run, "weightedF1")}; the highest of the others, ${rival.title}: ${score(rival, "weightedF1")}.`
      };
    }
  },
  {
    id: "ensemble-beats-covid-net",
    statement:
      "The weighted ensemble beats COVID-Net’s published figures everywhere: overall and in the recall and precision of every class.",
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
      return beats(tuned, covidNet, [...overall(tuned, covidNet), ...classes]);
    }
  },
  {
    id: "pretraining-helps",
    statement: "Pretraining on ImageNet helps: every network that was compared ends better than from random weights.",
    source,
    strength: "paired test",
    test: ({pairs}) => {
      const pretrained = pairs.filter(({start, fraction}) => start === startNames.imagenet && fraction === 1);
      return pretrained.length
        ? gains(pretrained)
        : cannotTell("No network has been trained both from ImageNet and from random weights.");
    }
  }
];
