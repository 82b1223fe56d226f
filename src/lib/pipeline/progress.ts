import type {OnProgress, Progress} from "../support/progress.js";
import type {OnEvent, PipelineEvent} from "./types.js";

/** The part of a terminal or a log that a display needs. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
  rows?: number;
}

export interface Display {
  onEvent: OnEvent;
  /** Draws the last state for good. */
  close(): void;
}

/** Shows all stages that run: on a terminal a live block below the finished ones, in a log a line now and then. */
export function createDisplay(output: Output = process.stderr, now = () => performance.now()): Display {
  return output.isTTY ? createLive(output, now) : createLog(output, now);
}

/** What a task may report while it runs. */
export interface Report {
  log(message: string): void;
  onProgress: OnProgress;
}

/** Runs a task that is no stage, such as a download, and displays it like one. What it throws passes on. */
export async function displayTask<T>(
  id: string,
  task: (report: Report) => Promise<T>,
  display = createDisplay()
): Promise<T> {
  const {onEvent} = display;
  const start = performance.now();
  onEvent({type: "start", id, key: id});
  try {
    const result = await task({
      log: (message) => onEvent({type: "log", id, message}),
      onProgress: (progress) => onEvent({type: "progress", id, progress})
    });
    onEvent({type: "end", id, source: "computed", seconds: (performance.now() - start) / 1000});
    return result;
  } finally {
    display.close();
  }
}

interface Running {
  since: number;
  progress?: Progress;
  /** The first report, from which speed is measured: a continued training does not begin at zero. */
  first?: {at: number; done: number};
  /** When it was last written to a log. */
  told: number;
}

const logInterval = 15_000;
const frameInterval = 100;

function createLog(output: Output, now: () => number): Display {
  const running = new Map<string, Running>();
  const onEvent = (event: PipelineEvent) => {
    const state = track(running, event, now());
    const line = lineOf(event);
    if (line) output.write(`${line}\n`);
    if (event.type !== "progress" || !state || now() - state.told < logInterval) return;
    state.told = now();
    output.write(`${event.id}: ${describe(state, now())}\n`);
  };
  return {onEvent, close: () => {}};
}

function createLive(output: Output, now: () => number): Display {
  const running = new Map<string, Running>();
  let block: string[] = [];
  let drawn = -Infinity;

  const draw = (above: string[]) => {
    const {columns = 80, rows = 24} = output;
    // Lines drawn before the window became narrower take several rows now.
    const height = block.reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / columns)), 0);
    const erase = height > 0 ? `\x1b[${height}A\r\x1b[0J` : "";
    const lines = [...running].map(([id, state]) => drawLine(id, state, now(), columns - 1));
    block = lines.slice(0, rows - 2);
    output.write(erase + [...above, ...block].map((line) => `${line}\n`).join(""));
    drawn = now();
  };

  return {
    onEvent(event) {
      track(running, event, now());
      const line = event.type === "start" ? undefined : lineOf(event);
      if (line) draw([line]);
      else if (event.type === "start" || now() - drawn >= frameInterval) draw([]);
    },
    close() {
      running.clear();
      draw([]);
    }
  };
}

/** Follows which stages run and how far they are. */
function track(running: Map<string, Running>, event: PipelineEvent, at: number): Running | undefined {
  const {id} = event;
  if (event.type === "start") running.set(id, {since: at, told: at});
  const state = running.get(id);
  if (event.type === "end" || event.type === "fail") running.delete(id);
  if (event.type !== "progress" || !state) return state;
  state.progress = event.progress;
  state.first ??= {at, done: event.progress.done};
  return state;
}

/** What stays on the screen or in the log; results that were simply there are not worth a line. */
function lineOf(event: PipelineEvent): string | undefined {
  const {id} = event;
  switch (event.type) {
    case "start":
      return `${id}: started`;
    case "end":
      return event.source === "computed" ? `${id}: done in ${duration(event.seconds)}` : undefined;
    case "fail":
      return `${id}: failed: ${event.message}`;
    case "progress":
      return undefined;
    default:
      return `${id}: ${event.message}`;
  }
}

/** "  12%  3/25 epochs  1.5/s  2 min left  loss 0.512" */
function describe({since, progress, first}: Running, at: number): string {
  if (!progress || !first) return `running for ${duration((at - since) / 1000)}`;
  const {done, total, unit, note} = progress;
  const rate = (done - first.done) / ((at - first.at) / 1000);
  const known = Number.isFinite(rate) && rate > 0;
  const [scale, shown] = unit === "bytes" ? [1e6, "MB"] : [1, unit];
  const amount = (value: number) => (scale === 1 ? value : (value / scale).toFixed(1));
  const parts = [
    `${String(Math.floor((100 * done) / (total || 1))).padStart(3)}%`,
    `${amount(done)}/${amount(total)} ${shown}`,
    known ? `${Number((rate / scale).toPrecision(3))}${scale === 1 ? "" : ` ${shown}`}/s` : "",
    known && done < total ? `${duration((total - done) / rate)} left` : "",
    note ?? ""
  ];
  return parts.filter((part) => part !== "").join("  ");
}

function drawLine(id: string, state: Running, at: number, columns: number): string {
  const share = state.progress ? state.progress.done / (state.progress.total || 1) : 0;
  const full = Math.round(20 * Math.min(1, Math.max(0, share)));
  const line = `${id.padEnd(30)} ${"█".repeat(full)}${"░".repeat(20 - full)} ${describe(state, at)}`;
  return line.length > columns ? `${line.slice(0, Math.max(0, columns - 1))}…` : line;
}

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min" */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
