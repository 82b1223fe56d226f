import {readFileSync} from "node:fs";
import {join} from "node:path";
import {UserError} from "../support/errors.js";
import {writeAtomic} from "../support/files.js";
import {differences} from "./canonical.js";
import {fromPublished, toPublished} from "./codec.js";
import type {Fingerprint} from "./module-graph.js";
import {pathOfId} from "./id-path.js";
import {identityOf, type KeyParts} from "./keys.js";
import type {Node, Provenance} from "./types.js";

/** The most recent result of a node on this machine, of whatever parameters, and the files that computed it. */
export interface Past {
  provenance: Provenance;
  /** Hash of each file of the code, by path; absent for a published result. */
  files?: Record<string, string>;
}

export type History = ReturnType<typeof openHistory>;

/** Remembers what was computed last, so that a later run can be explained. */
export function openHistory(folder: string) {
  const pathOf = (id: string) => join(folder, `${pathOfId(id)}.json`);
  const find = ({id}: {id: string}): Past | undefined => {
    try {
      return fromPublished(JSON.parse(readFileSync(pathOf(id), "utf8"))) as unknown as Past;
    } catch {
      return undefined; // none, or damaged: an explanation is poorer, no result is wrong
    }
  };
  return {
    find,
    /** A result as a past one, with the files of its code where they are known. */
    past: (provenance: Provenance): Past => {
      const last = find(provenance);
      return {provenance, files: last?.provenance.code === provenance.code ? last.files : undefined};
    },
    write(provenance: Provenance, {files}: Fingerprint): void {
      try {
        writeAtomic(pathOf(provenance.id), JSON.stringify(toPublished({provenance, files})));
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
  };
}

/** What is different now from a past result, in words; of the code, the files where they are known. */
export function changesSince(
  {provenance, files}: Past,
  node: Node,
  now: Partial<KeyParts>,
  code: Fingerprint
): string[] {
  const inputs = Object.keys({...provenance.inputs, ...now.inputs}).sort();
  const changes = [
    ...differences(provenance.params, node.params).map((difference) => `parameter ${difference}`),
    ...differences({revision: provenance.revision}, {revision: node.revision}),
    ...(now.inputs
      ? inputs.filter((name) => provenance.inputs[name] !== now.inputs?.[name]).map((name) => `input ${name}`)
      : []),
    ...("external" in now && now.external !== provenance.external ? ["data or weights"] : []),
    ...(code.code === provenance.code ? [] : codeChanges(provenance, files, code))
  ];
  // The keys of the inputs are unknown without data; their parameters are not.
  const upstream = changes.length === 0 && provenance.identity !== identityOf(node);
  return upstream ? ["parameters of its inputs"] : changes;
}

function codeChanges({packages}: Provenance, files: Past["files"], code: Fingerprint): string[] {
  const versions = Object.entries(code.packages).filter(([name, version]) => packages[name] !== version);
  const changed = versions.map(([name, version]) => `package ${name}: ${packages[name] ?? "absent"} -> ${version}`);
  if (files) {
    const paths = Object.keys({...files, ...code.files}).sort();
    changed.push(...paths.filter((path) => files[path] !== code.files[path]).map((path) => `code: ${path}`));
  }
  return changed.length > 0 ? changed : ["code"];
}
