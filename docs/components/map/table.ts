import type {MapArtifact, PlaneMap} from "../../../src/report/map/artifact.js";
import {className, classTitle} from "../shared/classes.js";
import {percent, plural, score, share} from "../shared/format.js";
import {type Point, summarize} from "./selection.js";
import {type Column, dataTable} from "../shared/table.js";

/** A map and how far it can be trusted, as a row. */
export interface MapRow {
  map: string;
  perplexity: number | null;
  seed: number | null;
  kl: number | null;
  trustworthiness: number | null;
  continuity: number | null;
  purity: number;
  /** Mean share of neighbours that the maps of two starts have in common. */
  stability: number | null;
  disparity: number | null;
}

/** How a start is called. */
export const startTitle = (seed: number | null): string =>
  seed === null ? "principal components" : `random, seed ${seed}`;

/**
 * Every map of a run, by perplexity, and what it is compared with: principal components and the features themselves.
 */
export function mapRows({maps, pca, purity, perplexities, stability}: MapArtifact): MapRow[] {
  const measures = ({trustworthiness, continuity, purity, disparity}: PlaneMap) => ({
    trustworthiness,
    continuity,
    purity,
    disparity
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length / 100;
  const none = {perplexity: null, seed: null, kl: null, stability: null};
  return [
    {...none, map: "The features themselves", purity, trustworthiness: null, continuity: null, disparity: null},
    {...none, map: "Principal components", ...measures(pca)},
    ...[...maps]
      .sort((a, b) => a.perplexity - b.perplexity)
      .map((map) => ({
        map: `t-SNE, perplexity ${map.perplexity}, ${startTitle(map.seed)}`,
        perplexity: map.perplexity,
        seed: map.seed,
        kl: map.kl,
        ...measures(map),
        stability: mean(stability[perplexities.indexOf(map.perplexity)])
      }))
  ];
}

/** The same as a table. */
export function mapTable(rows: MapRow[], label: string): HTMLElement {
  const number = (label: string, value: (row: MapRow) => number | null, digits = 3): Column<MapRow> => ({
    label,
    align: "right",
    value: (row) => score(value(row), digits)
  });
  return dataTable(
    [
      {label: "Map", header: true, value: (row) => row.map},
      {label: "Purity", align: "right", value: (row) => percent(row.purity)},
      number("Trustworthiness", (row) => row.trustworthiness),
      number("Continuity", (row) => row.continuity),
      {label: "Stability", align: "right", value: (row) => percent(row.stability ?? NaN, 0)},
      number("Disparity", (row) => row.disparity, 2),
      number("Divergence", (row) => row.kl)
    ],
    rows,
    {label}
  );
}

/** A point with its place in the map that is shown. */
export type PlacedPoint = Point & {x: number; y: number; stability: number};

/** Points of a map, one a row. */
export const pointTable = (points: readonly PlacedPoint[]): HTMLElement =>
  dataTable(
    [
      {label: "Row", header: true, value: (p) => p.row},
      {label: "True class", value: (p) => classTitle(p.actual)},
      {label: "Predicted", value: (p) => classTitle(p.predicted)},
      {label: "Confidence", align: "right", value: (p) => score(Math.max(...p.probabilities))},
      {label: "Stability", align: "right", value: (p) => percent(p.stability, 0)},
      {label: "x", align: "right", value: (p) => p.x},
      {label: "y", align: "right", value: (p) => p.y}
    ],
    points,
    {label: "Images of the map", limit: 15}
  );

/** The selected points in words. */
export function describeSelection(selected: readonly Point[], classes: string[]): string {
  const {byClass, right, total} = summarize(selected, classes);
  if (total === 0) return "No image is selected";
  const counts = byClass.filter((c) => c.count).map((c) => `${c.count} ${className(c.class)}`);
  return `${plural(total, "image")} selected: ${counts.join(", ")}; ${share(right, total)} predicted right`;
}
