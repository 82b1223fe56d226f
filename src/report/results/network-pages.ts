import type {Study} from "../../lib/study/schema.js";

/** The networks of a study, and the name of each one's page: without dots, which web servers take for extensions. */
export const networkPages = ({runs}: Pick<Study, "runs">): {model: string; page: string}[] =>
  [...new Set(runs.map(({model}) => model))].map((model) => ({model, page: pageOf(model)}));

export const pageOf = (model: string): string => model.replaceAll(".", "-").replaceAll("_", "-");
