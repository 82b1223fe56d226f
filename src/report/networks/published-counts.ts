/**
 * Parameters and multiplications that others publish, with a top of 1000 classes and at 224 pixels unless a note says
 * otherwise.
 */
export interface PublishedCounts {
  parameters?: number;
  macs?: number;
  source: string;
}

/** Cited, to stand beside our own counts; by the id of the network. */
export const publishedCounts: Readonly<Record<string, PublishedCounts>> = {
  "mobilenetv2_0.35": {parameters: 1.66e6, macs: 59e6, source: "TensorFlow-Slim’s table of MobileNetV2"},
  "mobilenetv2_1.0": {parameters: 3.4e6, macs: 300e6, source: "Sandler et al. 2018, Table 4"},
  densenet121: {parameters: 7_978_856, macs: 2.83e9, source: "torchvision’s documentation"},
  xception: {parameters: 22_855_952, source: "Chollet 2017, Table 3"},
  resnext101_32x4d: {macs: 7.99e9, source: "Hu et al. 2018, Table 2"},
  efficientnet_lite0: {parameters: 4.7e6, macs: 407e6, source: "TensorFlow’s EfficientNet-Lite page"},
  "covid-net": {parameters: 116.6e6, macs: 2.26e9, source: "Wang & Wong 2020, with four classes"}
};
