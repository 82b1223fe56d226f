import tseslint from "typescript-eslint";

// Data flows one way: a folder imports only what stands to its left (see README.md, "The house"). Folders of one level
// do not import each other. Pages compute with `measures` too, so that these know nothing of Node.
const levels = [
  ["lib/support"],
  ["lib/measures"],
  ["lib/engine", "lib/pipeline"],
  ["lib/dataset"],
  ["lib/models"],
  ["lib/training"],
  ["lib/evaluation", "lib/explain"],
  ["lib/plausibility", "lib/verify"],
  ["lib/study"],
  ["study.ts"],
  ["experiments.ts"],
  ["report"],
  ["loaders"],
  ["site"],
  ["commands"]
];
const message =
  "Data flows one way: dataset -> models -> training -> evaluation, explain -> study -> report " +
  "-> loaders -> site -> commands.";

/** Matches a relative import of a module in `src`, from any depth. */
const importOf = (place) => {
  const name = place.replace(/^lib\//, "").replace(/\.ts$/, "\\.js");
  return `^(\\.\\./)+(lib/)?${name}${name.endsWith("js") ? "$" : "/"}`;
};

const pure = {
  regex: "^(?!\\./[\\w-]+\\.js$|d3$|\\.\\./support/errors\\.js$)",
  message: "Pages import measures: they import each other, d3 and what users are told, nothing else."
};
const byItsName = {regex: "^measures$", message: "That is the name for pages: import the module by its path."};

const directionRules = levels.flatMap((level, i) =>
  level.map((place) => {
    const forbidden = [
      ...levels
        .slice(i)
        .flat()
        .filter((other) => other !== place),
      "cli.ts"
    ];
    const own = place === "lib/measures" ? [pure] : [byItsName];
    const patterns = [...forbidden.map((other) => ({regex: importOf(other), message})), ...own];
    return {
      files: [place.endsWith(".ts") ? `src/${place}` : `src/${place}/**/*.ts`],
      rules: {"no-restricted-imports": ["error", {patterns}]}
    };
  })
);

export default tseslint.config(
  {ignores: ["dist", "node_modules", ".cache", "docs/.observablehq", "data"]},
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "no-console": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      eqeqeq: "error"
    }
  },
  ...directionRules,
  {
    files: ["src/lib/measures/**/*.ts"],
    rules: {"no-restricted-globals": ["error", "Buffer", "process", "document", "window"]}
  },
  {files: ["src/cli.ts", "src/site/**", "bench/**", "test/**", "eslint.config.js"], rules: {"no-console": "off"}},
  {
    files: ["docs/**/*.ts"],
    ignores: ["docs/data/**", "docs/runs/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              group: ["**/src/**"],
              allowTypeImports: true,
              message: "A page draws: it imports types from src, and computes with the package measures."
            }
          ]
        }
      ]
    }
  }
);
