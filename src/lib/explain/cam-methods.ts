import * as tf from "@tensorflow/tfjs";

/**
 * Makes a map of positive evidence [n, h, w] of a layer's activations A and of the gradients G = dS / dA there of the
 * class's logit S, both [n, h, w, c]. In what follows, k is a channel and ij a position.
 */
type Method = (activations: tf.Tensor4D, gradients: tf.Tensor4D) => tf.Tensor3D;

/** The sum over channels of activations by weights [n, h, w, c] or [n, 1, 1, c], where it speaks for the class. */
const weighted =
  (weights: (activations: tf.Tensor4D, gradients: tf.Tensor4D) => tf.Tensor): Method =>
  (activations, gradients) =>
    tf.tidy(() => tf.relu(tf.sum(tf.mul(activations, weights(activations, gradients)), 3)) as tf.Tensor3D);

/**
 * Grad-CAM (Selvaraju et al., 2017, equations 1 and 2): relu(sum_k a_k A_ijk), where a_k is the mean of G_ijk over
 * positions.
 */
export const gradCam = weighted((_, gradients) => tf.mean(gradients, [1, 2], true));

/**
 * Grad-CAM++ (Chattopadhyay et al., 2018, arXiv:1710.11063): relu(sum_k w_k A_ijk), where w_k = sum_ij alpha_ijk
 * relu(G_ijk) (equation 7) and alpha_ijk = G_ijk^2 / (2 G_ijk^2 + G_ijk^3 sum_ab A_abk), which is equation 19, the
 * closed form for the score exp(S) of a network that is piecewise linear up to S. It is computed as 1 / (2 + G_ijk
 * sum_ab A_abk), which is the same where G is not 0; elsewhere relu(G) is. The factor exp(S) of relu's argument is left
 * out: it scales the whole map of an image, and would overflow.
 *
 * The paper takes A from behind a ReLU. Where a layer's values may be negative, so may alpha, and a vanishing
 * denominator counts as alpha = 0.
 */
export const gradCamPlusPlus = weighted((activations, gradients) => {
  const denominator = tf.add(tf.mul(gradients, tf.sum(activations, [1, 2], true)), 2);
  return tf.sum(tf.divNoNan(tf.relu(gradients), denominator), [1, 2], true);
});

/**
 * HiResCAM (Draelos and Carin, 2020, arXiv:2011.08891): relu(sum_k G_ijk A_ijk). It is Grad-CAM where the gradient is
 * the same at all positions, as under global average pooling and one linear layer.
 */
export const hiResCam = weighted((_, gradients) => gradients);

/** LayerCAM (Jiang et al., 2021, doi:10.1109/TIP.2021.3089943): relu(sum_k relu(G_ijk) A_ijk). */
export const layerCam = weighted((_, gradients) => tf.relu(gradients));

/** The methods by the names under which they are chosen. */
export const camMethods = {
  "grad-cam": gradCam,
  "grad-cam++": gradCamPlusPlus,
  "hires-cam": hiResCam,
  "layer-cam": layerCam
};

export type CamMethod = keyof typeof camMethods;
