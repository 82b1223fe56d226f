import {stage} from "../../lib/pipeline/stage.js";
import {attention, references, type Region, regions} from "./attention.js";
import {means} from "./mean.js";
import type {RunArgs} from "../runs/training.js";

/** An image whose map lies mostly where no lung is, and by which of the measures. */
interface Suspect {
  /** "test/12": split and row. */
  key: string;
  label: number;
  predicted: number;
  /**
   * The share of the energy outside the lungs' masks, or where there is none outside the lungs' boxes, or else outside
   * the body.
   */
  measure: Region;
  share: number;
}

/**
 * Where a run's maps lie on average, by region, on images that it was trained on and on others; and which lie outside
 * the lungs.
 */
export const attentionEvaluation = stage({
  name: "attention-evaluation",
  module: import.meta.url,
  id: ({run}: RunArgs) => run.id,
  inputs: (args) => ({attention: attention(args), references: references(args)}),
  params: ({study}) => study.analyses.bootstrap,
  run: ({attention, references}, options) => {
    const {keys, seen, labels, predicted} = attention;
    const place = new Map(references.keys.map((key, i) => [key, i]));
    const value = (kind: Kind, i: number, region: Region) =>
      attention[kind][i * regions.length + regions.indexOf(region)];
    const reference = (map: "uniform" | "centre", kind: Kind, i: number, region: Region) =>
      references[map][kind][place.get(keys[i])! * regions.length + regions.indexOf(region)];
    const all = keys.map((_, i) => i);
    const table = [false, true].flatMap((trained) =>
      regions.flatMap((region) => {
        const marked = all.filter(
          (i) => seen[i] === trained && !Number.isNaN(reference("uniform", "energy", i, region))
        );
        const used = marked.filter((i) => !Number.isNaN(value("energy", i, region)));
        const summary = (kind: Kind) => {
          const [map, uniform, centre] = [
            used.map((i) => value(kind, i, region)),
            ...(["uniform", "centre"] as const).map((name) => used.map((i) => reference(name, kind, i, region)))
          ];
          const gain = map.map((own, i) => own - uniform[i]);
          const found = means([map, uniform, centre, gain], options)!;
          return {map: found[0], uniform: found[1], centre: found[2], gain: found[3]};
        };
        if (used.length === 0) return [];
        return {region, seen: trained, images: marked.length, energy: summary("energy"), hits: summary("hits")};
      })
    );
    const suspects = all.flatMap((i): Suspect[] => {
      const share = (region: Region) => value("energy", i, region);
      const measure = (["lungs", "lung-boxes"] as const).find((region) => !Number.isNaN(share(region))) ?? "outside";
      const away = measure === "outside" ? share(measure) : 1 - share(measure);
      return away > 0.5 ? [{key: keys[i], label: labels[i], predicted: predicted[i], measure, share: away}] : [];
    });
    return {table, suspects: suspects.sort((a, b) => b.share - a.share)};
  }
});

type Kind = "energy" | "hits";
