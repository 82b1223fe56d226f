import {cannotTell, type Claim} from "../../lib/study/claims.js";
import {apart, best, interval, type Evidence, type Suspicion} from "./evidence.js";

const judged = (one: Suspicion) => ({...one, status: apart(one.adults, one.children)});

/** What test images say that differ from COVID-19 in the disease, but not in the collection. */
export const sourceClaims: Claim<Evidence>[] = [
  {
    id: "same-source-suspected",
    statement:
      "Test images without COVID-19 that come from the adults’ collection are taken for COVID-19 " +
      "more often than those of the children.",
    source: "This report",
    strength: "intervals",
    test: (evidence) => {
      const runs = evidence.sameSource.map(judged);
      const shown = best(evidence);
      const found = runs.find(({run}) => run === shown?.run);
      if (!shown || !found) return cannotTell("No network has predicted test images of both collections.");
      const {status, adults, children} = found;
      const [more, told] = [
        runs.filter(({adults, children}) => adults.value > children.value).length,
        runs.filter(({status}) => status === "supported").length
      ];
      return {
        status,
        because:
          `${shown.title} takes ${adults.k} of ${adults.n} images without COVID-19 from the adults’ ` +
          `collection, ${interval(adults)}, and ${children.k} of ${children.n} of the children, ` +
          `${interval(children)}, for COVID-19. The first share is larger in ${more} of ${runs.length} runs, ` +
          `and its exact interval lies above the second’s in ${told}. The intervals take images as ` +
          `independent, but the first are of ${adults.patients} ` +
          `${adults.patients === 1 ? "patient" : "patients"} only.`
      };
    }
  }
];
