import type {Pixels, SplitInventory} from "./types.js";

/** Numbers that describe images without looking at what they show, row-major [n, columns]. */
export interface TrivialFeatures {
  values: Float32Array;
  columns: number;
}

/** Every pixel's grey value in [0, 1]. */
export const greyValues = ({data, size}: Pixels): TrivialFeatures => ({
  values: Float32Array.from(data, (value) => value / 255),
  columns: size * size
});

/**
 * Aspect ratio and size (the logarithm of the number of pixels) of the original files, and the mean grey value of their
 * middle squares: what a file gives away about where it comes from. Images are matched by row.
 */
export function imageMetadata(pixels: Pixels, {rows, width, height}: SplitInventory): TrivialFeatures {
  const at = new Map(Array.from(rows, (row, i) => [row, i]));
  const area = pixels.size ** 2;
  const values = Array.from(pixels.rows, (row, image) => {
    const i = at.get(row)!;
    const grey = pixels.data.subarray(image * area, (image + 1) * area).reduce((sum, value) => sum + value, 0);
    return [width[i] / height[i], Math.log(width[i] * height[i]), grey / (255 * area)];
  });
  return {values: Float32Array.from(values.flat()), columns: 3};
}
