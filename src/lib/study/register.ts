import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {canonical, hash} from "../pipeline/canonical.js";
import {UserError} from "../support/errors.js";
import {writeAtomic} from "../support/files.js";
import {gitLines} from "../support/git.js";
import type {Cell, Experiment, Plan, Task} from "./experiments.js";

/** What an experiment declares: all that decides what is run and how it is judged. */
export interface Declaration {
  experiment: Experiment;
  tasks: Record<string, Task>;
  cells: Cell[];
  procedures: Record<string, unknown>;
}

/** A declaration that was frozen before its results were seen. */
export interface Registration {
  id: string;
  /** Of the declaration. */
  hash: string;
  date: string;
  /** What the project was when it was frozen; null outside of a repository. */
  commit: string | null;
  declaration: Declaration;
}

/** The declaration of an experiment as it stands in the plan, with every procedure that its cells train by. */
export function declarationOf(
  {tasks, cells}: Plan,
  experiment: Experiment,
  procedures: Record<string, unknown>
): Declaration {
  const own = cells.filter(({id}) => experiment.cells.includes(id));
  const named = <T>(all: Record<string, T>, names: readonly string[]) =>
    Object.fromEntries([...new Set(names)].map((name) => [name, all[name]]));
  return {
    experiment,
    tasks: named(
      tasks,
      own.map(({task}) => task)
    ),
    cells: own,
    procedures: named(
      procedures,
      own.map(({procedure}) => procedure)
    )
  };
}

export const declarationHash = (declaration: Declaration) => hash(canonical(declaration));

const pathOf = (folder: string, id: string) => join(folder, "registered", `${id}.json`);

/** The registration of an experiment, if it has one. Throws `UserError` where its file was changed by hand. */
export function registrationOf(folder: string, id: string): Registration | undefined {
  const path = pathOf(folder, id);
  if (!existsSync(path)) return undefined;
  const found = JSON.parse(readFileSync(path, "utf8")) as Registration;
  if (declarationHash(found.declaration) === found.hash) return found;
  throw new UserError(`${path} is not as it was written: its declaration has another hash than it says.`, {
    hint: `Put it back: git checkout -- ${path}`
  });
}

/**
 * Freezes the declarations that are not yet frozen as they are; what was registered before and has not changed stays.
 * @returns a line for each experiment
 */
export function register(
  folder: string,
  declarations: readonly Declaration[],
  {now = new Date(), project = process.cwd()} = {}
): string[] {
  const [commit = null] = gitLines(project, ["rev-parse", "HEAD"]);
  return declarations.map((declaration) => {
    const {id} = declaration.experiment;
    const before = registrationOf(folder, id);
    const own = declarationHash(declaration);
    if (before?.hash === own) return `${id}: registered on ${before.date}, unchanged`;
    const registration: Registration = {id, hash: own, date: now.toISOString(), commit, declaration};
    writeAtomic(pathOf(folder, id), `${JSON.stringify(registration, null, 1)}\n`);
    return before
      ? `${id}: registered anew; the declaration of ${before.date} has changed`
      : `${id}: registered, ${declaration.cells.length} runs`;
  });
}
