import assert from "node:assert/strict";
import {test} from "node:test";
import {oneCycle} from "../../src/lib/training/one-cycle.js";

const near = (actual: number, expected: number, tolerance = 1e-9) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("one-cycle starts at a 25th, peaks after 30% of the steps and ends near a 250,000th", () => {
  const at = oneCycle({maxRate: 1e-2, steps: 1000});
  near(at(0).rate, 4e-4);
  near(at(300).rate, 1e-2);
  near(at(999).rate, 1e-2 / 25e4, 1e-7);
});

test("momentum falls from 0.95 to 0.85 while the rate rises, and returns", () => {
  const at = oneCycle({maxRate: 1, steps: 100});
  near(at(0).momentum, 0.95);
  near(at(15).momentum, 0.9);
  near(at(30).momentum, 0.85);
  near(at(65).momentum, 0.9);
});

test("both halves are cosines: half way up is the mean of the ends", () => {
  const at = oneCycle({maxRate: 1, steps: 100});
  near(at(15).rate, (1 / 25 + 1) / 2);
  near(at(65).rate, (1 + 1 / 25e4) / 2);
});

test("a cycle of one step is defined", () => {
  const {rate} = oneCycle({maxRate: 1, steps: 1})(0);
  assert.equal(rate, 1);
});
