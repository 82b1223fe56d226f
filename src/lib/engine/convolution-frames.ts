/** Images cut, spaced and framed with zeros, so that a convolution's gradients are convolutions themselves. */
import * as tf from "@tensorflow/tfjs";

export type ConvInfo = tf.backend_util.Conv2DInfo;

/** The part of the padded input that the filter met, [b, (outHeight - 1) s + (filterHeight - 1) d + 1, ..., c]. */
export function coveredInput(x: tf.Tensor4D, info: ConvInfo): tf.Tensor4D {
  const {padInfo, outHeight, outWidth, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth} = info;
  const height = (outHeight - 1) * strideHeight + effectiveFilterHeight;
  const width = (outWidth - 1) * strideWidth + effectiveFilterWidth;
  return frame(x, padInfo.top, padInfo.left, height, width);
}

/**
 * Puts s - 1 zeros between neighbours of y' and so many around them that a valid convolution gives the input's size:
 * x'[p] = sum over i of y'[(p + before - i d) / s] w[i].
 */
export function spread(dy: tf.Tensor4D, info: ConvInfo): tf.Tensor4D {
  const {padInfo, inHeight, inWidth, strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth} = info;
  const [batch, height, width, channels] = dy.shape;
  const rows = interleave(dy, batch * height, width * channels, strideHeight);
  const all = interleave(rows, batch * height * strideHeight * width, channels, strideWidth);
  const spread = tf.reshape(all, [batch, height * strideHeight, width * strideWidth, channels]) as tf.Tensor4D;
  return frame(
    spread,
    effectiveFilterHeight - 1 - padInfo.top,
    effectiveFilterWidth - 1 - padInfo.left,
    inHeight + effectiveFilterHeight - 1,
    inWidth + effectiveFilterWidth - 1
  );
}

/** Follows each of `count` runs of `length` values by `stride - 1` runs of zeros. */
function interleave(x: tf.Tensor, count: number, length: number, stride: number): tf.Tensor {
  if (stride === 1) return x;
  return tf.pad(tf.reshape(x, [count, 1, length]), [
    [0, 0],
    [0, stride - 1],
    [0, 0]
  ]);
}

/** Shifts images down and right into a frame of a given size; what sticks out is cut, what is empty is zero. */
function frame(x: tf.Tensor4D, top: number, left: number, height: number, width: number): tf.Tensor4D {
  const [batch, h, w, channels] = x.shape;
  const [cutTop, cutLeft] = [Math.max(0, -top), Math.max(0, -left)];
  const [padTop, padLeft] = [Math.max(0, top), Math.max(0, left)];
  const kept: [number, number, number, number] = [
    batch,
    Math.min(h - cutTop, height - padTop),
    Math.min(w - cutLeft, width - padLeft),
    channels
  ];
  const cut = kept[1] === h && kept[2] === w ? x : tf.slice(x, [0, cutTop, cutLeft, 0], kept);
  const [padBottom, padRight] = [height - padTop - kept[1], width - padLeft - kept[2]];
  if (padTop + padBottom + padLeft + padRight === 0) return cut;
  return tf.pad(cut, [
    [0, 0],
    [padTop, padBottom],
    [padLeft, padRight],
    [0, 0]
  ]);
}
