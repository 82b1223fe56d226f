import type {BootstrapOptions} from "../measures/bootstrap.js";
import {classification} from "../measures/classification.js";
import {paired} from "./compare.js";
import {confusionMatrix} from "../measures/confusion.js";
import type {Predictions} from "./predicted.js";
import {pairedDifferences} from "./paired.js";

/**
 * Two classifiers on the same images, class by class: by how much the first is ahead in recall and in F1, and in the
 * mean F1 of all classes but the rarest, whose few images can move a mean over all classes alone. By the paired
 * bootstrap; the rarest is the class with the fewest images. Throws `UserError` when the images are not the same.
 */
export function compareClasses(a: Predictions, b: Predictions, options: BootstrapOptions) {
  const both = paired(a, b);
  const support = classification(confusionMatrix(both.labels, both.a, both.classes)).classes.map((one) => one.support);
  const rarest = support.indexOf(Math.min(...support.filter((images) => images > 0)));
  const [others, ...ofClasses] = pairedDifferences(
    (confusion) => {
      const {classes} = classification(confusion);
      const f1 = classes.map((one) => one.f1);
      const rest = f1.filter((_, k) => k !== rarest);
      return [rest.reduce((sum, one) => sum + one, 0) / rest.length, ...classes.map(({recall}) => recall), ...f1];
    },
    both,
    options
  );
  const classes = a.classes.map((name, k) => ({
    class: name,
    images: support[k],
    recall: ofClasses[k],
    f1: ofClasses[both.classes + k]
  }));
  return {rarest: a.classes[rarest], others, classes};
}
