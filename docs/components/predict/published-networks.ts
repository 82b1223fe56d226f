import {html} from "htl";
import type {PublishedNetworksArtifact} from "../../../src/report/predict/artifact.js";
import {figure} from "../shared/figure.js";
import {bytes, score} from "../shared/format.js";
import {type Column, dataTable} from "../shared/table.js";

type Network = PublishedNetworksArtifact["networks"][number];

const columns: Column<Network>[] = [
  {label: "Run", header: true, value: ({run}) => html`<code>${run}</code>`},
  {label: "Weights", align: "right", value: (network) => bytes(network.bytes)},
  {label: "Largest change", align: "right", value: ({rounding}) => score(rounding.largestChange, 3)},
  {label: "Class changed", align: "right", value: ({rounding}) => `${rounding.changedClass} of ${rounding.images}`},
  {
    label: "Log loss",
    align: "right",
    value: ({rounding: {logLoss}}) => `${score(logLoss.exact, 4)}, rounded ${score(logLoss.rounded, 4)}`
  }
];

/**
 * The networks that can be used without training, and what rounding their weights did; a sentence where there are none.
 */
export const publishedFigure = (networks: readonly Network[]): HTMLElement =>
  networks.length
    ? figure(
        {
          name: "published-networks",
          caption:
            "The networks that can be used without training, and what rounding their weights did to the " +
            "predictions of the validation images: the largest change of a probability, how many images " +
            "got another class, and the log loss.",
          source: networks.flatMap(({source}) => source),
          data: networks.map(({run, title, bytes, rounding: {logLoss, ...rounding}}) => ({
            ...{run, title, bytes, ...rounding},
            logLossExact: logLoss.exact,
            logLossRounded: logLoss.rounded
          }))
        },
        dataTable(columns, networks, {label: "Published networks"})
      )
    : html`<p>No network is published for this study.</p>`;
