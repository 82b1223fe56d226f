import {cross, sort} from "d3";
import {all, cannotTell, type Claim, joined, said, type Status} from "../../lib/study/claims.js";
import {percent} from "../shared/rounding.js";
import {startNames} from "../shared/start-names.js";
import {grouped} from "../shared/tables.js";
import type {StartPair} from "../pretraining/artifact.js";
import {apart, bases, describeGain, gainOf, gains, type Evidence} from "./evidence.js";

const source = "This report";
const fromImageNet = (pairs: readonly StartPair[]) => pairs.filter(({start}) => start === startNames.imagenet);

/**
 * The networks that were trained from all three starts: what the scale of the weights gains, and what ImageNet beyond
 * that.
 */
const scaled = ({pairs, scale}: Evidence) =>
  fromImageNet(scale).flatMap((beyond) => {
    const alike = pairs.filter(({network, fraction}) => network === beyond.network && fraction === beyond.fraction);
    const alone = alike.find(({start}) => start === startNames["mean-var"]);
    return alone ? [{alone, beyond}] : [];
  });

/**
 * By how many epochs the first of twins was later at the highest level that both reached, if there is one, and how many
 * levels it reached beyond those of the second. A level that only one reached says who ended higher, not who was
 * faster.
 */
function race({pretrained, scratch}: StartPair["seeds"][number], ways: Evidence["ways"]) {
  const [a, b] = [pretrained, scratch].map((id) => ways.find(({run}) => run === id)?.reached);
  if (!a || !b) return [];
  const level = a.findLastIndex(({reached}, i) => reached && b[i].reached);
  const count = (levels: typeof a) => levels.filter(({reached}) => reached).length;
  return [{gap: level < 0 ? undefined : a[level].epochs - b[level].epochs, beyond: count(a) - count(b)}];
}

const shareOf = ({fraction}: StartPair) => percent(fraction);
const repeated = ({spread}: StartPair) => spread.n > 1;

/** What the choice of the seed leaves open. */
const unrepeated = (pairs: readonly StartPair[]) =>
  pairs.every(repeated)
    ? []
    : [
        `There is one seed with ${pairs
          .filter((pair) => !repeated(pair))
          .map(shareOf)
          .join(", ")} of the images, so that intervals over seeds cannot be compared.`
      ];

/** Between which shares of the images the gain falls with fewer of them. */
function reversals(steps: readonly (readonly StartPair[])[], statuses: readonly Status[]): string[] {
  const found = steps.filter((_, i) => statuses[i] === "not supported");
  return found.map(
    ([fewer, more]) =>
      `From ${shareOf(more)} to ${shareOf(fewer)} of the images the gain of ${more.network} falls, ` +
      "by intervals that do not overlap."
  );
}

/** What differs with the share of the images besides their number, where all runs have as many epochs. */
function confounded(pairs: readonly StartPair[], ways: Evidence["ways"]) {
  const runs = pairs.flatMap(({seeds}) => seeds.flatMap(({pretrained, scratch}) => [pretrained, scratch]));
  const epochs = new Set(ways.filter(({run}) => runs.includes(run)).map(({validation}) => validation.length));
  return epochs.size === 1
    ? [
        `All of these runs were trained for ${[...epochs][0]} epochs, so that fewer images also meant ` +
          "fewer steps, and what is due to either cannot be told apart."
      ]
    : [];
}

const untried = cannotTell("No network has been trained from all three starts.");

/**
 * What this report says of the start: whether its scale is enough, what it is worth with fewer images, and how soon it
 * pays.
 */
export const startClaims: Claim<Evidence>[] = [
  {
    id: "scale-helps",
    statement:
      "The scale of ImageNet’s weights helps by itself: the networks compared end better from random " +
      "weights of its means and variances than from ordinary ones.",
    source,
    strength: "paired test",
    test: (evidence) => {
      const found = scaled(evidence);
      return found.length ? gains(found.map(({alone}) => alone)) : untried;
    }
  },
  {
    id: "more-than-scale",
    statement:
      "What helps is more than the scale of the weights: the networks compared end better from " +
      "ImageNet than from random weights of its means and variances.",
    source,
    strength: "paired test",
    test: (evidence) => {
      const found = scaled(evidence);
      return found.length ? gains(found.map(({beyond}) => beyond)) : untried;
    }
  },
  {
    id: "more-with-less-data",
    statement: "The fewer training images there are, and steps with them, the more pretraining helps.",
    source,
    strength: "intervals",
    test: ({pairs, ways}) => {
      const networks = grouped(fromImageNet(pairs), ({network}) => ({network}))
        .map((shares) => sort(shares, ({fraction}) => fraction))
        .filter((shares) => shares.length > 1);
      if (!networks.length) return cannotTell("No network has been trained on a part of the images from both starts.");
      const compared = networks.flat();
      const words = networks.map(
        (shares) =>
          said`${shares[0].network}: difference in macro F1 ${joined(
            shares.map((pair) => said`with ${shareOf(pair)} of the images ${describeGain(pair)}`),
            "; "
          )}.`
      );
      const steps = networks.flatMap((shares) =>
        cross(shares, shares).filter(([fewer, more]) => fewer.fraction < more.fraction)
      );
      const statuses = steps.map(([fewer, more]) => apart(gainOf(fewer), gainOf(more)));
      // One step that goes the other way is enough against it; for it, every step must be known to hold over seeds.
      const status = all(statuses);
      return {
        status: status === "supported" && !compared.every(repeated) ? "cannot tell" : status,
        strength: ["intervals", ...bases(compared)],
        ...joined([
          ...words,
          ...[...reversals(steps, statuses), ...confounded(compared, ways), ...unrepeated(compared)].map(
            (text) => said`${text}`
          )
        ])
      };
    }
  },
  {
    id: "learns-faster",
    statement:
      "Networks from ImageNet need fewer epochs than their twins from random weights for the highest " +
      "level of macro F1 on validation that both reach.",
    source,
    strength: "observation",
    test: ({pairs, ways}) => {
      const races = fromImageNet(pairs).flatMap(({seeds}) => seeds.flatMap((twins) => race(twins, ways)));
      const gaps = races.flatMap(({gap}) => gap ?? []);
      const of = (holds: (value: number) => boolean, values: number[]) => values.filter(holds).length;
      const [fewer, more] = [of((gap) => gap < 0, gaps), of((gap) => gap > 0, gaps)];
      const beyond = races.map(({beyond}) => beyond);
      const further =
        `A higher level was reached by the pretrained run alone in ${of((n) => n > 0, beyond)} of ` +
        `${races.length} pairs, and by its twin alone in ${of((n) => n < 0, beyond)}.`;
      if (!races.length) return cannotTell("No network has been trained from both starts.");
      if (!gaps.length) return cannotTell(`There is no pair in which both reached a level. ${further}`);
      return {
        status: fewer === gaps.length ? "supported" : fewer > gaps.length / 2 ? "cannot tell" : "not supported",
        because:
          `At the highest level that both reached, the pretrained run needed fewer epochs in ${fewer} of ` +
          `${gaps.length} pairs, as many in ${gaps.length - fewer - more} and more in ${more}. ${further}`
      };
    }
  }
];
