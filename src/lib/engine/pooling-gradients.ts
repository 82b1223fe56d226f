/** Corrections of the pooling gradients that TensorFlow.js 4.22 gets wrong on some backends. */
import * as tf from "@tensorflow/tfjs";

interface AveragePool {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: "valid" | "same" | number;
}

/**
 * Corrects the gradient of average pooling on a backend, which divides by the size of the whole window also at the
 * border of an image, where the forward pass with 'same' padding divides by fewer elements.
 */
export function correctAveragePoolGradient(backendName: string): void {
  replaceKernel("AvgPoolGrad", backendName, () => ({inputs, attrs}) => {
    const {dy, input} = inputs as Record<"dy" | "input", tf.Tensor4D>;
    return tf.tidy(() => averagePoolGradient(dy, input.shape, attrs as unknown as AveragePool));
  });
}

/**
 * Corrects the gradient of max pooling on `wasm`, which finds no maximum in a window without positive elements: the
 * kernel sees the input moved into positive numbers. Elements whose difference vanishes in the rounding count as equal.
 */
export function correctMaxPoolGradient(): void {
  replaceKernel("MaxPoolGrad", "wasm", (stock) => ({inputs, ...rest}) => {
    const input = inputs.input as tf.Tensor;
    const positive = tf.tidy(() => tf.add(tf.sub(input, tf.min(input)), 1));
    const gradient = stock({inputs: {...inputs, input: positive}, ...rest});
    positive.dispose();
    return gradient;
  });
}

function replaceKernel(kernelName: string, backendName: string, replace: (stock: tf.KernelFunc) => tf.KernelFunc) {
  const stock = tf.getKernel(kernelName, backendName);
  if (corrected.has(stock.kernelFunc)) return;
  const kernelFunc = replace(stock.kernelFunc);
  corrected.add(kernelFunc);
  tf.unregisterKernel(kernelName, backendName);
  tf.registerKernel({...stock, kernelFunc});
}

const corrected = new WeakSet<tf.KernelFunc>();

/** Every output passes its gradient in equal parts to the elements that it is the mean of. */
function averagePoolGradient(
  dy: tf.Tensor4D,
  inputShape: tf.Tensor4D["shape"],
  {filterSize, strides, pad}: AveragePool
) {
  const [height, width] = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
  const [, rows, columns, channels] = inputShape;
  const filter: tf.Tensor4D = tf.ones([height, width, channels, 1]);
  const counts = tf.depthwiseConv2d(tf.ones([1, rows, columns, channels]) as tf.Tensor4D, filter, strides, pad);
  const inputs = {dy: tf.div(dy, counts), filter};
  const attributes = {strides, pad, dilations: [1, 1], inputShape};
  return tf.engine().runKernel("DepthwiseConv2dNativeBackpropInput", inputs, attributes) as tf.Tensor;
}
