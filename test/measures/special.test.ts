import test from "node:test";
import {
  betaQuantile,
  incompleteBeta,
  logGamma,
  normalCdf,
  normalQuantile,
  tQuantile
} from "../../src/lib/measures/special.js";
import oracle from "../fixtures/oracles/inference.json" with {type: "json"};
import {near} from "./reference.js";

test("the gamma function's logarithm equals SciPy's", () => {
  near(logGamma(0.5), 0.5723649429247, 1e-13);
  near(logGamma(1), 0, 1e-13);
  near(logGamma(3.7), 1.428072326665388, 1e-13);
  near(logGamma(500), 2605.115850361734, 1e-10);
});

test("the incomplete beta function and its inverse equal SciPy's", () => {
  near(incompleteBeta(0.3, 2, 3), 0.3483, 1e-12);
  near(incompleteBeta(0.9, 40, 0.5), 0.0038004325937711233, 1e-12);
  near(incompleteBeta(0.01, 0.5, 300), 0.9858968277820737, 1e-12);
  near(incompleteBeta(0.5, 250, 260), 0.6711835620708616, 1e-12);
  near(incompleteBeta(0, 2, 3), 0, 0);
  near(incompleteBeta(1, 2, 3), 1, 0);
  near(betaQuantile(0.025, 3, 7), 0.07485463141969183, 1e-12);
  near(betaQuantile(0.975, 600, 40), 0.9549062930143059, 1e-12);
});

test("the normal distribution and its quantiles equal SciPy's", () => {
  near(normalCdf(-1.5), 0.06680720126885807, 1e-14);
  near(normalCdf(0), 0.5, 0);
  near(normalCdf(40), 1, 0);
  near(normalQuantile(0.5), 0, 1e-14);
  near(normalQuantile(0.975), 1.959963984540054, 1e-13);
  near(normalQuantile(0.995), 2.5758293035489004, 1e-13);
  near(normalQuantile(0.9999995), 4.89163847571478, 1e-8);
});

test("Student's quantiles are as tabulated, and approach the normal ones", () => {
  near(tQuantile(0.975, 1), 12.706204736432095, 1e-8);
  near(tQuantile(0.975, 4), 2.7764451051977987, 1e-9);
  near(tQuantile(0.95, 10), 1.8124611228107335, 1e-9);
  near(tQuantile(0.5, 3), 0, 1e-9);
  near(tQuantile(0.975, 1e6), 1.959966, 1e-5);
});

test("all of them equal SciPy's over their range", () => {
  const {special} = oracle;
  const relative = (expected: number, tolerance: number) => tolerance * Math.max(1, Math.abs(expected));
  for (const [x, expected] of special.log_gamma) near(logGamma(x), expected, relative(expected, 1e-13));
  for (const [x, a, b, expected] of special.incomplete_beta) near(incompleteBeta(x, a, b), expected, 1e-12);
  for (const [p, a, b, expected] of special.beta_quantile) near(betaQuantile(p, a, b), expected, 1e-12);
  for (const [x, expected] of special.normal) near(normalCdf(x), expected, 1e-15);
  for (const [p, expected] of special.normal_quantile) near(normalQuantile(p), expected, 1e-12);
  for (const [p, degrees, expected] of special.t_quantile)
    near(tQuantile(p, degrees), expected, relative(expected, 1e-9));
});
