import {html} from "htl";
import type {ClaimsArtifact} from "../../../src/report/claims/artifact.js";
import type {ResultsArtifact} from "../../../src/report/results/artifact.js";
import type {StartPair} from "../../../src/report/pretraining/artifact.js";
import {behindComparison, difference} from "./comparisons.js";
import {list} from "../shared/format.js";
import {type Behind, lens, type LensOptions} from "../lens/lens.js";
import {behindClassScore} from "../lens/lens-class.js";
import {behindScore} from "../lens/lens-means.js";
import {pairShare} from "../shared/pair-label.js";

type Claim = ClaimsArtifact["claims"][number];
type Of = NonNullable<Claim["figures"]>[number]["of"];

/** Where what stands behind the numbers of claims is found. */
export interface Evidence extends LensOptions {
  results: Pick<ResultsArtifact, "runs" | "ensembles" | "probe" | "baselines" | "comparisons">;
  pairs: readonly StartPair[];
  /** Of the bootstrap. */
  resamples: number;
}

/** The numbers that decide a claim, in their sentences; what stands behind each is behind a lens. */
export function claimWords({because, figures = []}: Pick<Claim, "because" | "figures">, evidence: Evidence) {
  let at = 0;
  const parts = figures.flatMap(({text, of}) => {
    const start = because.indexOf(text, at);
    const before = because.slice(at, start);
    at = start + text.length;
    return [before, lens(text, behind(of, evidence), evidence)];
  });
  return html`<span>${parts}${because.slice(at)}</span>`;
}

function behind(of: Of, {results, pairs, resamples}: Evidence): Behind {
  if ("a" in of) {
    const both = [of.a, of.b];
    return behindComparison(results.comparisons.find(({a, b}) => both.includes(a.run) && both.includes(b.run))!);
  }
  if ("pretrained" in of)
    return behindGain(
      pairs.find(({seeds: [{pretrained, scratch}]}) => pretrained === of.pretrained && scratch === of.scratch)!
    );
  const {runs, ensembles, probe, baselines} = results;
  const run = [...runs, ...ensembles, ...probe, ...baselines].find(({run}) => run === of.run)!;
  const scored = {run, resamples};
  const found =
    "class" in of
      ? behindClassScore(
          scored,
          run.perClass.find((scores) => scores.class === of.class)!,
          of.score
        )
      : behindScore(scored, of.score);
  const href = "page" in run ? `./network-${run.page}.html` : ensembles.includes(run) ? "./ensembles.html" : undefined;
  return {...found, link: href ? {href, title: "The images behind it"} : undefined};
}

/** Behind what pretraining gains: the difference of each seed. */
const behindGain = ({seeds, spread, ...pair}: StartPair): Behind => ({
  title: `${pair.network}, ${pairShare(pair)}: ${pair.start} less ${pair.less}`,
  words: [
    `Macro F1 on the test images: ${list(seeds.map(({seed, difference: d}) => `${difference(d)} with seed ${seed}`))}.`,
    spread.interval
      ? "The interval of the mean is Student’s t over the seeds; those of single seeds are of the paired bootstrap."
      : "The interval is of the paired bootstrap over the test images."
  ],
  link: {href: "./pretraining.html", title: "All gains"}
});
