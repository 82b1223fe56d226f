import {all, cannotTell, type Claim, said} from "../../lib/study/claims.js";
import {startNames} from "../shared/start-names.js";
import {
  beats,
  gains,
  interval,
  leader,
  named,
  otherDataset,
  overall,
  probability,
  range,
  rivals,
  score,
  sign,
  type Evidence
} from "./evidence.js";

const source = "The study of 2020";

/** What both studies ask. */
export const pretrainingHelps: Claim<Evidence> = {
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
};

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
      const lowest = others.every((other) =>
        other.perClass.some((c) => c.class === "COVID-19" && c.precision.value > covid.precision.value)
      );
      const of = {run: run.run, class: covid.class};
      const recall = {text: range(covid.recall), of: {...of, score: "recall" as const}};
      const precision = {text: interval(covid.precision), of: {...of, score: "precision" as const}};
      return {
        status: covid.recall.k === covid.recall.n && lowest ? "supported" : "not supported",
        ...said`${run.title} finds ${covid.recall.k!} of ${covid.recall.n!} (recall ${recall});
          its precision is ${precision}, ${lowest ? "the lowest" : "not the lowest"} of the networks from ImageNet.`
      };
    }
  },
  {
    id: "xception-best",
    statement: "Of the single networks, Xception has the best weighted F1.",
    source,
    strength: "paired test",
    test: (evidence) => {
      const run = leader(evidence, "xception");
      if (!run || !evidence.xception.length)
        return cannotTell("Xception from ImageNet and another network have not both been trained on all images here.");
      const words = evidence.xception.map(
        (lead) => `${lead.b.title} ${interval(lead.difference)}, p ${probability(lead.corrected)}`
      );
      return {
        status: all(evidence.xception.map(sign)),
        ...said`${run.title}: weighted F1 ${score(run, "weightedF1")}. Less the runs of other networks
          that are best on validation of their network and start, on the same test images: ${words.join("; ")}.
          P-values are corrected for the number of these comparisons.`
      };
    }
  },
  {
    id: "ensemble-beats-covid-net",
    statement:
      "The weighted ensemble beats COVID-Net’s published figures everywhere: overall and in the " +
      "recall and precision of every class.",
    source,
    strength: "intervals",
    test: ({results: {ensembles}, published}) => {
      if (!published) return otherDataset;
      const tuned = named(ensembles, "ensemble-tuned");
      if (!tuned) return cannotTell("Fewer than two pretrained networks have a result, so that there is no ensemble.");
      const classes = published.perClass.flatMap((theirs) => {
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
      return beats(tuned, published, [...overall(tuned, published), ...classes]);
    }
  },
  pretrainingHelps
];
