/**
 * Where evidence may lie in a chest radiograph. "opacities" are all signs of pneumonia together; "devices" are tubes,
 * lines and wires; "lung-boxes" are rectangles around the lungs, which more images have than masks; a "marker" is
 * planted in a phantom.
 */
export const regions = [
  "lungs",
  "lung-boxes",
  "opacities",
  "ground-glass",
  "consolidation",
  "devices",
  "marker"
] as const;

export type Region = (typeof regions)[number];

/**
 * Masks of an image, by region: how much of a pixel is inside, 0 to 255, row-major [size, size]. A region that nobody
 * marked is absent.
 */
export type Masks = Partial<Record<Region, Uint8Array>>;
