/** How far an image's features are from those of the training images. */
export interface Outlyingness {
  /** Mahalanobis distance to the nearest class. */
  distance: number;
  /** The share of the validation images that are nearer. */
  share: number;
  /** Whether that is nearly all: the network has seen nothing like it. */
  far: boolean;
}

/** The share of validation images beyond whose distance an image counts as far: one in a hundred of them does. */
export const farShare = 0.99;

/** What distances mean beside those of the validation images, which the network has not seen in training either. */
export const outlyingness = (distances: Float32Array, validation: Float32Array): Outlyingness[] =>
  Array.from(distances, (distance) => {
    const share = validation.filter((other) => other < distance).length / validation.length;
    return {distance, share, far: share >= farShare};
  });
