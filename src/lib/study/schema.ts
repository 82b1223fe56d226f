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
export function defineStudy(definition: Definition): Study {
  const parsed = studySchema.safeParse(definition);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({path, message}) => `  study.${path.join(".")}: ${message}`);
  throw new UserError(`The study's definition is not valid:\n${lines.join("\n")}`, {hint: "Correct src/study.ts."});
}
