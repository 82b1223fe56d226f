import type {z} from "zod";
import {UserError} from "../support/errors.js";
import {type Study, studyFields} from "./fields.js";
import {inconsistencies} from "./inconsistencies.js";

export type {DatasetSource, Run, Study} from "./fields.js";

const studySchema = studyFields.superRefine((study, context) => {
  for (const issue of inconsistencies(study)) context.addIssue({code: "custom", ...issue});
});

/** A study as it is written down, before defaults are filled in. */
export type Definition = z.input<typeof studySchema>;
/** What is trained, how, and what is looked at: all but the images and the words. */
export type Plan = Pick<Definition, "procedures" | "runs" | "analyses">;

/**
 * Checks a study definition and fills in defaults.
 * @throws UserError that names the path of every wrong value and what is allowed there
 */
export const defineStudy = (definition: Definition): Study =>
  checked(studySchema, definition, {what: "The study's definition", file: "src/study.ts", root: ["study"]});

/**
 * A definition that a schema allows, with its defaults filled in.
 * @throws UserError that names the path of every wrong value, from `root` on, and what is allowed there
 */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  definition: z.input<Schema>,
  {what, file, root = []}: {what: string; file: string; root?: string[]}
): z.output<Schema> {
  const parsed = schema.safeParse(definition);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({path, message}) => `  ${[...root, ...path].join(".")}: ${message}`);
  throw new UserError(`${what} is not valid:\n${lines.join("\n")}`, {hint: `Correct ${file}.`});
}
