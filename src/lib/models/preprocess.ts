import * as tf from "@tensorflow/tfjs";

/** Grey values in [0, 1] to three equal channels in [-1, 1]: Keras's preprocessing mode "tf". */
export const symmetric = (images: tf.Tensor4D) => images.mul(2).sub(1).tile([1, 1, 1, 3]) as tf.Tensor4D;

/** Grey values in [0, 1] to three channels standardised by ImageNet's means and deviations: Keras's mode "torch". */
export const standardised = (images: tf.Tensor4D) =>
  tf.div(tf.sub(images, [0.485, 0.456, 0.406]), [0.229, 0.224, 0.225]) as tf.Tensor4D;

/** Grey values in [0, 1] to three equal channels: what COVID-Net was trained on. */
export const repeated = (images: tf.Tensor4D) => tf.tile(images, [1, 1, 1, 3]);

/** What every preprocessing amounts to: grey g becomes (g - mean) / std, for each channel. */
export async function standardisationOf(
  preprocess: (images: tf.Tensor4D) => tf.Tensor4D
): Promise<{mean: number[]; std: number[]}> {
  const blackAndWhite = tf.tidy(() => preprocess(tf.tensor4d([0, 1], [2, 1, 1, 1])));
  const values = Array.from(await blackAndWhite.data());
  blackAndWhite.dispose();
  const [black, white] = [values.slice(0, 3), values.slice(3)];
  const std = black.map((low, channel) => 1 / (white[channel] - low));
  const rounded = (value: number) => Number(value.toFixed(6));
  return {mean: black.map((low, channel) => rounded(-low * std[channel])), std: std.map(rounded)};
}
