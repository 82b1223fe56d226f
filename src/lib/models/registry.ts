import type {Architecture} from "./architecture.js";
import {covidNet} from "./covid-net.js";
import {denseNet121} from "./densenet.js";
import {efficientNetLite0} from "./efficientnet-lite.js";
import {mobileNetV2} from "./mobilenet-v2.js";
import {resNeXt101} from "./resnext.js";
import {xception} from "./xception.js";

/** The networks that a study may name. */
export const architectures: readonly Architecture[] = [
  mobileNetV2(0.35, "sha256:1e5d54f08799dfb8de36d51c546c91a5539644ea8be0066aa4abc9d2dceba54a"),
  mobileNetV2(1),
  denseNet121,
  resNeXt101,
  xception,
  efficientNetLite0,
  covidNet
];

export const modelIds = architectures.map(({id}) => id);

/** The architecture of that name. Study definitions are validated against `modelIds`, so a miss is a bug. */
export function architecture(id: string): Architecture {
  const named = architectures.find((architecture) => architecture.id === id);
  if (!named) throw new Error(`No architecture ${id}; there are ${modelIds.join(", ")}.`);
  return named;
}
