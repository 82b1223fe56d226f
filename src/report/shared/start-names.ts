/** What a body starts from, in words. */
export const startNames = {imagenet: "ImageNet", random: "random", "mean-var": "ImageNet's mean and variance"} as const;
