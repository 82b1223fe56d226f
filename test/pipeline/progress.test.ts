import assert from "node:assert/strict";
import test from "node:test";
import {createDisplay, displayTask, duration, type Output} from "../../src/lib/pipeline/progress.js";
import type {PipelineEvent} from "../../src/lib/pipeline/types.js";

/** A display with a clock that the test moves. */
function display(output: Partial<Output>, options?: {brief: boolean}) {
  let [time, text] = [0, ""];
  const sink = {...output, write: (part: string) => (text += part)};
  const {onEvent, print, close} = createDisplay(sink, () => time, options);
  const taken = () => [text, (text = "")][0];
  return {onEvent, print, close, sink, taken, wait: (seconds: number) => (time += 1000 * seconds)};
}

const id = "training/a";
const start: PipelineEvent = {type: "start", id, key: "k"};
const end: PipelineEvent = {type: "end", id, source: "computed", seconds: 75};
const progress = (done: number, note?: string): PipelineEvent => ({
  type: "progress",
  id,
  progress: {done, total: 100, unit: "epochs", note}
});

test("a log gets a line at the start, at most every 15 seconds, and at the end", () => {
  const {onEvent, taken, wait} = display({});
  onEvent(start);
  onEvent(progress(20));
  wait(10);
  onEvent(progress(30));
  wait(10);
  onEvent(progress(40, "loss 0.5"));
  onEvent(progress(41));
  onEvent(end);
  assert.equal(
    taken(),
    "training/a: started\ntraining/a:  40%  40/100 epochs  1/s  1 min 0 s left  loss " +
      "0.5\ntraining/a: done in 1 min 15 s\n"
  );
});

test("warnings and failures are written, results that were there are not", () => {
  const {onEvent, taken} = display({});
  onEvent({type: "end", id, source: "store", seconds: 0});
  onEvent({type: "warning", id, message: "damaged"});
  onEvent({type: "fail", id, message: "no memory"});
  assert.equal(taken(), "training/a: damaged\ntraining/a: failed: no memory\n");
});

test("a terminal shows a line per running stage, redrawn in place and no wider than the window", () => {
  const {onEvent, taken, wait} = display({isTTY: true, columns: 60, rows: 24});
  onEvent(start);
  taken();
  wait(1);
  onEvent(progress(50));
  const drawn = taken();
  assert.ok(drawn.startsWith("\x1b[1A\r\x1b[0J"));
  assert.match(drawn, /training\/a +█{10}░{10} +50%/);
  assert.ok(drawn.split("\n").every((line) => line.replace("\x1b[1A\r\x1b[0J", "").length < 60));
  onEvent(progress(51));
  assert.equal(taken(), "", "not redrawn at once");
  onEvent(end);
  assert.equal(taken(), "\x1b[1A\r\x1b[0Jtraining/a: done in 1 min 15 s\n");
});

test("on 80 columns a training's line keeps what is left, the epoch and the loss, however long its name is", () => {
  const {onEvent, taken, wait} = display({isTTY: true, columns: 80, rows: 24});
  const named = {id: "training/efficientnet-lite0-imagenet-25-percent-1"};
  const report = (done: number) =>
    onEvent({
      ...named,
      type: "progress",
      progress: {done, total: 38240, unit: "images", note: "epoch 3/8 (all), loss 0.512"}
    });
  onEvent({...named, type: "start", key: "k"});
  wait(1);
  report(0);
  wait(1200);
  taken();
  report(4000);
  const [line] = taken().replace("\x1b[1A\r\x1b[0J", "").split("\n");
  assert.match(line, /^training\/efficient\S*…  10%  2 h 51 min left  epoch 3\/8 \(all\), loss 0\.512$/);
  assert.ok(line.length < 80);
});

test("a line that is printed stands above the block, and in a log by itself", () => {
  const terminal = display({isTTY: true, columns: 80, rows: 24});
  terminal.onEvent(start);
  terminal.taken();
  terminal.print("data.json 3 kB");
  assert.match(terminal.taken(), /^\x1b\[1A\r\x1b\[0Jdata\.json 3 kB\ntraining\/a .*\n$/);
  const log = display({});
  log.print("data.json 3 kB");
  assert.equal(log.taken(), "data.json 3 kB\n");
});

test("a brief log tells of stages that take long only", () => {
  const {onEvent, taken} = display({}, {brief: true});
  onEvent(start);
  onEvent({...end, seconds: 4});
  onEvent(start);
  onEvent({type: "fail", id, message: "no memory"});
  onEvent(start);
  onEvent(end);
  assert.equal(taken(), "training/a: failed: no memory\ntraining/a: done in 1 min 15 s\n");
});

test("after the window became narrower, the rows that the old lines take now are erased", () => {
  const {onEvent, taken, wait, sink} = display({isTTY: true, columns: 80, rows: 24});
  onEvent(start);
  wait(1);
  onEvent(progress(50));
  taken();
  sink.columns = 20;
  wait(1);
  onEvent(progress(60));
  assert.match(taken(), /^\x1b\[[45]A/);
});

test("a block is never higher than the window", () => {
  const {onEvent, taken} = display({isTTY: true, columns: 80, rows: 4});
  for (let i = 0; i < 9; ++i) onEvent({...start, id: `s/${i}`});
  assert.equal(taken().split("\x1b[2A\r\x1b[0J").at(-1)?.split("\n").length, 3);
});

test("durations are written as people say them", () => {
  assert.deepEqual([0.42, 12.3, 185, 7800].map(duration), ["0.4 s", "12 s", "3 min 5 s", "2 h 10 min"]);
});

test("a task that is no stage shows its progress, and its line goes when it fails", async () => {
  const terminal = () => display({isTTY: true, columns: 80, rows: 24});
  const done = terminal();
  const result = await displayTask(
    "data",
    async ({log, onProgress}) => {
      log("asking");
      done.wait(1);
      onProgress({done: 5e7, total: 1e8, unit: "bytes"});
      return 7;
    },
    done
  );
  assert.equal(result, 7);
  assert.match(done.taken(), /data: asking[^]*50% {2}50.0\/100.0 MB[^]*data: done in/);
  const failed = terminal();
  await assert.rejects(
    displayTask("data", () => Promise.reject(new Error("cut")), failed),
    /cut/
  );
  assert.doesNotMatch(failed.taken(), /done in/);
});
