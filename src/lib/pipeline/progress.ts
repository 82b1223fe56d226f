import type {OnProgress, Progress} from "../support/progress.js";
import {printable} from "../support/printable.js";
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
  /** Writes a line for good. */
  print(line: string): void;
  /** Draws the last state for good. */
  close(): void;
}

/**
 * Shows all stages that run: on a terminal a live block below the finished ones, in a log a line now and then.
 * @param options `brief`: a log says nothing of stages that end within seconds
 */
export function createDisplay(
  output: Output = process.stderr,
  now = () => performance.now(),
  {brief = false} = {}
): Display {
  return output.isTTY ? createLive(output, now) : createLog(output, now, brief);
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
/** Seconds. */
const worthALine = 5;
const frameInterval = 100;

function createLog(output: Output, now: () => number, brief: boolean): Display {
  const running = new Map<string, Running>();
  const isShort = (event: PipelineEvent) =>
    event.type === "start" || (event.type === "end" && event.seconds < worthALine);
  const onEvent = (event: PipelineEvent) => {
    const state = track(running, event, now());
    const line = lineOf(event);
    if (line && !(brief && isShort(event))) output.write(`${line}\n`);
    if (event.type !== "progress" || !state || now() - state.told < logInterval) return;
    state.told = now();
    output.write(`${event.id}: ${describe(state, now())}\n`);
  };
  return {onEvent, print: (line) => output.write(`${line}\n`), close: () => {}};
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
    print: (line) => draw([line]),
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
  const line = textOf(event);
  return line && printable(line);
}

function textOf(event: PipelineEvent): string | undefined {
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

/** "  12%  3/25 epochs  1.5/s  2 min left  epoch 3, loss 0.512"; in short without amount and rate. */
function describe({since, progress, first}: Running, at: number, short = false): string {
  if (!progress || !first) return `running for ${duration((at - since) / 1000)}`;
  const {done, total, unit, note} = progress;
  const rate = (done - first.done) / ((at - first.at) / 1000);
  const known = Number.isFinite(rate) && rate > 0;
  const [scale, shown] = unit === "bytes" ? [1e6, "MB"] : [1, unit];
  const amount = (value: number) => (scale === 1 ? value : (value / scale).toFixed(1));
  const parts = [
    `${String(Math.floor((100 * done) / (total || 1))).padStart(3)}%`,
    short ? "" : `${amount(done)}/${amount(total)} ${shown}`,
    known && !short ? `${Number((rate / scale).toPrecision(3))}${scale === 1 ? "" : ` ${shown}`}/s` : "",
    known && done < total ? `${duration((total - done) / rate)} left` : "",
    note ?? ""
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** The fullest line that fits: what is left and the note, which says epoch and loss, go last. */
function drawLine(id: string, state: Running, at: number, columns: number): string {
  const [long, short] = [describe(state, at), describe(state, at, true)];
  const bar = barOf(state.progress);
  const lines = [`${id.padEnd(30)} ${bar} ${long}`, `${id} ${bar} ${long}`, `${id} ${bar} ${short}`, `${id} ${short}`];
  const fitting = lines.find(({length}) => length <= columns);
  return fitting ?? cut(`${cut(id, Math.max(8, columns - short.length - 1))} ${short}`, columns);
}

function barOf(progress?: Progress): string {
  const share = progress ? progress.done / (progress.total || 1) : 0;
  const full = Math.round(20 * Math.min(1, Math.max(0, share)));
  return "█".repeat(full) + "░".repeat(20 - full);
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, Math.max(0, most - 1))}…` : text);

/** "0.4 s", "12 s", "3 min 5 s", "2 h 10 min" */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
