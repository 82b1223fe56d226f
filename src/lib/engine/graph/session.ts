import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import * as tf from "@tensorflow/tfjs";
import {explainWriteError} from "../../support/files.js";
import {CompileError} from "./compile-error.js";

/** What tfjs-node's backend offers to run a SavedModel. */
interface SavedModelBackend extends tf.KernelBackend {
  loadSavedModelMetaGraph(folder: string, tags: string): number;
  runSavedModel(id: number, feeds: tf.Tensor[], feedInfos: {name: string}[], fetches: string[]): tf.Tensor[];
  deleteSavedModel(id: number): void;
}

/** A session of TensorFlow with one graph and its variables. The backend `tensorflow` must be active. */
export class Session {
  private readonly backend = tf.backend() as SavedModelBackend;
  private readonly id: number;

  /**
   * Loads a SavedModel by way of a temporary folder, the binding's only door, which is removed at once.
   * @throws CompileError where TensorFlow does not take the graph
   */
  constructor(model: Uint8Array) {
    const folder = mkdtempSync(join(tmpdir(), "compiled-step-"));
    try {
      writeFileSync(join(folder, "saved_model.pb"), model);
      this.id = this.backend.loadSavedModelMetaGraph(folder, "serve");
    } catch (error) {
      const explained = explainWriteError(error, folder);
      if (explained !== error) throw explained;
      throw new CompileError(`TensorFlow does not take the graph: ${(error as Error).message}`, {cause: error});
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  }

  /** Feeds placeholders and returns the values of outputs ("node" or "node:1") as new tensors. */
  run(feeds: ReadonlyMap<string, tf.Tensor>, fetches: readonly string[]): tf.Tensor[] {
    const infos = [...feeds.keys()].map((name) => ({name: withIndex(name)}));
    return this.backend.runSavedModel(this.id, [...feeds.values()], infos, fetches.map(withIndex));
  }

  /** Releases graph and variables. */
  dispose(): void {
    this.backend.deleteSavedModel(this.id);
  }
}

const withIndex = (output: string) => (output.includes(":") ? output : `${output}:0`);
