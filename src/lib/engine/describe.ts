import {execFileSync} from "node:child_process";
import {availableParallelism, cpus} from "node:os";

/** The processor's name and the number of threads that it runs at once. */
export function describeProcessor(): {name: string; threads: number} {
  const name = cpus()[0]?.model.replace(/\s+/g, " ").trim();
  return {name: name || `unknown processor (${process.arch})`, threads: availableParallelism()};
}

/** The names of NVIDIA's GPUs here, from their driver's `nvidia-smi`; none where there is no driver. */
export function describeGpus(): string[] {
  try {
    const options = {encoding: "utf8", stdio: "pipe", timeout: 10_000} as const;
    const names = execFileSync("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"], options);
    return names.split("\n").filter(Boolean);
  } catch {
    return [];
  }
}
