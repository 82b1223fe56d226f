import importX from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// Data flows one way: a folder imports only folders to its left (see README.md, "The house").
const order = [
  "support",
  ["engine", "pipeline"],
  "dataset",
  "models",
  "training",
  ["evaluation", "explain"],
  "study"
].map((level) => [level].flat());
const lib = (name) => `./src/lib/${name}`;
const zones = order.flatMap((level, i) =>
  level.map((name) => ({
    target: lib(name),
    from: [
      ...order
        .slice(i)
        .flat()
        .filter((other) => other !== name)
        .map(lib),
      ...["lib/site", "stages", "loaders", "study.ts", "cli.ts"].map((path) => `./src/${path}`),
      "./docs"
    ],
    message: "Data flows one way: dataset -> models -> training -> evaluation, explain -> stages -> loaders -> docs."
  }))
);

export default tseslint.config(
  {ignores: ["dist", "node_modules", ".cache", "docs/.observablehq", "data"]},
  ...tseslint.configs.recommended,
  {
    plugins: {"import-x": importX},
    settings: {"import-x/resolver": {node: {extensions: [".ts", ".js"]}}},
    rules: {
      "import-x/no-restricted-paths": [
        "error",
        {
          basePath: import.meta.dirname,
          zones: [
            ...zones,
            {target: "./src/stages", from: ["./src/loaders", "./src/cli.ts", "./docs"]},
            {target: "./src/loaders", from: ["./src/cli.ts", "./docs"]}
          ]
        }
      ],
      "import-x/no-cycle": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "no-console": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
      eqeqeq: "error"
    }
  },
  {files: ["src/cli.ts", "src/lib/site/**", "bench/**", "test/**", "eslint.config.js"], rules: {"no-console": "off"}},
  {
    files: ["docs/**/*.ts"],
    ignores: ["docs/data/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {group: ["**/src/**"], allowTypeImports: true, message: "A page draws; it imports only types from src."}
          ]
        }
      ]
    }
  }
);
