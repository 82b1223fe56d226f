import type {TensorInfo} from "@tensorflow/tfjs";
import type {WebGPUBackend} from "@tensorflow/tfjs-backend-webgpu";
import type {Uniform} from "./shader.js";
import {groupSize, integer, real, runShader} from "./shader.js";

/** A workgroup adds up so many neighbouring channels, in as many strands of rows as it has invocations for. */
const channelsAtOnce = 32;
const strands = groupSize / channelsAtOnce;
/** Groups that keep a large GPU busy, and the fewest rows that are worth one. */
const [enoughGroups, fewestRows] = [512, 8 * strands];

interface ColumnSums {
  /** Names the term. */
  name: string;
  inputs: Record<string, TensorInfo>;
  /** Channels: the first input is [rows, width]. */
  width: number;
  /** WGSL of the two numbers to add, a `vec2<f32>`, in `at`, the index of a value, and its `channel`. */
  term: string;
}

/**
 * Sums of a term over all rows of every channel, in slabs of rows [slabs, width, 2]: a shader that declares `totalOf`
 * and has these uniforms gets a channel's sums by `total(channel)`. The caller disposes `partial`.
 */
export function columnSums(
  backend: WebGPUBackend,
  {name, inputs, width, term}: ColumnSums
): {partial: TensorInfo; uniforms: Record<string, Uniform>} {
  const [first] = Object.values(inputs);
  const rows = first.shape.reduce((a, b) => a * b, 1) / width;
  const blocks = Math.ceil(width / channelsAtOnce);
  const slabs = Math.max(1, Math.min(Math.ceil(enoughGroups / blocks), Math.floor(rows / fewestRows)));
  const partial = runShader(backend, {
    name: `ColumnSums of ${name}`,
    inputs,
    outputShape: [slabs, width, 2],
    uniforms: {
      rows: integer(rows),
      width: integer(width),
      blocks: integer(blocks),
      slabRows: integer(Math.ceil(rows / slabs))
    },
    groups: blocks * slabs,
    declarations: `var<workgroup> sums : array<vec2<f32>, ${groupSize}>;`,
    // Barriers must be met by all invocations, so those without a channel or a row go along and add nothing.
    body: `
  let place = i32(localIndex);
  let group = index / ${groupSize};
  let slab = group / uniforms.blocks;
  let channel = (group % uniforms.blocks) * ${channelsAtOnce} + place % ${channelsAtOnce};
  let end = min(uniforms.rows, (slab + 1) * uniforms.slabRows);
  var sum = vec2<f32>(0.0);
  if (channel < uniforms.width) {
    for (var row = slab * uniforms.slabRows + place / ${channelsAtOnce}; row < end; row += ${strands}) {
      let at = row * uniforms.width + channel;
      sum += ${term};
    }
  }
  sums[place] = sum;
  workgroupBarrier();
  for (var half = ${groupSize / 2}; half >= ${channelsAtOnce}; half /= 2) {
    if (place < half) { sums[place] += sums[place + half]; }
    workgroupBarrier();
  }
  let to = 2 * (slab * uniforms.width + channel);
  if (place < ${channelsAtOnce} && channel < uniforms.width && to < uniforms.size) {
    result[to] = sums[place].x;
    result[to + 1] = sums[place].y;
  }`
  });
  return {partial, uniforms: {slabs: integer(slabs), rows: real(rows)}};
}

/** WGSL of the function `total` over the partial sums bound as `input`; the output has one value a channel. */
export const totalOf = (input: string) => `fn total(channel : i32) -> vec2<f32> {
  var sum = vec2<f32>(0.0);
  for (var slab = 0; slab < uniforms.slabs; slab++) {
    let at = 2 * (slab * uniforms.size + channel);
    sum += vec2<f32>(${input}[at], ${input}[at + 1]);
  }
  return sum;
}`;
