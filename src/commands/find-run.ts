import type {Run, Study} from "../lib/study/schema.js";
import {UserError} from "../lib/support/errors.js";
import {nearest} from "../lib/support/nearest.js";

/** The run of that name; throws UserError with near names where there is none. */
export function findRun({runs}: Study, id: string): Run {
  const run = runs.find((run) => run.id === id);
  if (run) return run;
  const near = nearest(
    id,
    runs.map(({id}) => id)
  );
  throw new UserError(`The study has no run "${id}".`, {hint: `Near names: ${near.join(", ")}.`});
}
