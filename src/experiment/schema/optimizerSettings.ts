/** `optimizer_settings`: what may be set about each optimizer, from the table of them. */
import { z } from "zod";
import { nearestName } from "../../network/nearestName";
import type { Bounds, Hyperparameter, Settings } from "../../optimizer/hyperparameter";
import { completeSettings, OPTIMIZERS, type OptimizerName } from "../../optimizer/optimizers";
import { isRecord } from "../file/clinicaDlKeys";
import { explainIssues } from "../file/explainIssue";
import { problem } from "../problems/makeProblem";
import type { Problem } from "../problems/problem";
import { type ExperimentFile, experimentSchema } from "./schema";

const KEY = "optimizer_settings";

/** The settings of one optimizer; what is not given has PyTorch's default. */
export function settingsSchemaOf(name: OptimizerName) {
  const entries = Object.entries(OPTIMIZERS[name].hyperparameters);
  return z.strictObject(Object.fromEntries(entries.map(([key, known]) => [key, valueSchema(known)])));
}

function valueSchema(known: Hyperparameter) {
  switch (known.kind) {
    case "number":
      return numberSchema(known.bounds).default(known.default).describe(known.text);
    case "pair": {
      const each = numberSchema(known.bounds);
      return z
        .tuple([each, each])
        .default([...known.default])
        .describe(known.text);
    }
    case "flag":
      return z.boolean().default(known.default).describe(known.text);
  }
}

function numberSchema({ least, most, below }: Bounds): z.ZodNumber {
  let schema = z.number();
  if (least !== undefined) schema = schema.min(least);
  if (most !== undefined) schema = schema.max(most);
  if (below !== undefined) schema = schema.lt(below);
  return schema;
}

/** What is wrong with the settings that an experiment file gives to its optimizer. */
export function optimizerSettingsProblems(json: Readonly<Record<string, unknown>>, file: string): Problem[] {
  const optimizer = experimentSchema.shape.optimizer.safeParse(json.optimizer);
  const given = json[KEY];
  // What the schema of the whole file finds wrong is told there.
  if (!optimizer.success || !isRecord(given)) return [];
  const name = optimizer.data;
  const parsed = settingsSchemaOf(name).safeParse(given);
  if (parsed.success) {
    const { conflict } = OPTIMIZERS[name];
    if (conflict?.arises(parsed.data) !== true) return [];
    const words = { optimizer: name, reason: { template: conflict.text, values: {} } };
    return [problem("optimizer.conflict", { file, where: KEY }, words)];
  }
  return parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownSetting(name, key, file))
      : explainIssues([{ ...issue, path: [KEY, ...issue.path] }], json, file),
  );
}

/** Every setting of the optimizer: those that are given, and PyTorch's defaults, which also stand for wrong ones. */
export function optimizerSettings({
  optimizer,
  optimizer_settings: given,
}: Pick<ExperimentFile, "optimizer" | "optimizer_settings">): Settings {
  return settingsSchemaOf(optimizer).safeParse(given).data ?? completeSettings(optimizer);
}

function unknownSetting(optimizer: OptimizerName, key: string, file: string): Problem {
  const known = Object.keys(OPTIMIZERS[optimizer].hyperparameters);
  const meant = nearestName(key, known);
  const place = {
    file,
    where: `${KEY}.${key}`,
    instead: meant === undefined ? undefined : { names: [meant] },
  };
  return problem("optimizer.unknown-setting", place, { optimizer, key, known, meant });
}
