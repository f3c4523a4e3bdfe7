/** The JSON schema of the experiment file for the editor: completion, hover text, validation. From the one zod schema. */
import { z } from "zod";
import { ARCHITECTURES, ZOO } from "../../network/zoo/zoo";
import { OPTIMIZER_NAMES, OPTIMIZERS, type OptimizerName } from "../../optimizer/optimizers";
import { isLossName, LOSSES } from "../../statistics/losses/losses";
import { settingsSchemaOf } from "./optimizerSettings";
import { type ExperimentInput, experimentSchema } from "./schema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What the editor offers in an empty file. */
const START: ExperimentInput = {
  network_task: "classification",
  caps_directory: "caps",
  tsv_path: "tsv/split",
  preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
  diagnoses: ["AD", "CN"],
  architecture: "Conv5_FC3",
  epochs: 20,
  batch_size: 8,
};

const USUAL_OPTIMIZER = experimentSchema.shape.optimizer.parse(undefined);

/** Draft 7, as VS Code reads it. Descriptions are Markdown. */
export function experimentJsonSchema(): JsonSchema {
  return {
    ...draft7(experimentSchema),
    allOf: OPTIMIZER_NAMES.map(settingsOf),
    anyOf: [{ required: ["caps_directory"] }, { required: ["images"] }],
    title: "Gyrus experiment",
    defaultSnippets: [
      { label: "New experiment", description: "Classification of whole images", body: START },
    ],
  };
}

function draft7(zod: z.ZodType): JsonSchema {
  return z.toJSONSchema(zod, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.description !== undefined) jsonSchema.markdownDescription = jsonSchema.description;
      if (jsonSchema.enum?.includes(ARCHITECTURES[0])) {
        jsonSchema.markdownEnumDescriptions = jsonSchema.enum.map(networkDescription);
      }
      if (jsonSchema.enum?.some(isLossName)) {
        jsonSchema.markdownEnumDescriptions = jsonSchema.enum.map(lossDescription);
      }
      if (jsonSchema.enum?.includes(USUAL_OPTIMIZER)) {
        jsonSchema.markdownEnumDescriptions = OPTIMIZER_NAMES.map((name) => OPTIMIZERS[name].text);
      }
    },
  });
}

/** What `optimizer_settings` may hold depends on the optimizer, which is the default one where none is named. */
function settingsOf(name: OptimizerName): JsonSchema {
  const isDefault = name === USUAL_OPTIMIZER;
  return {
    if: { properties: { optimizer: { const: name } }, ...(isDefault ? {} : { required: ["optimizer"] }) },
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: { properties: { optimizer_settings: settingsJsonSchema(name) } },
  };
}

/** The settings of one optimizer. */
export function settingsJsonSchema(name: OptimizerName): JsonSchema {
  const { $schema: _, ...schema } = draft7(settingsSchemaOf(name));
  return schema;
}

function lossDescription(name: unknown): string {
  if (!isLossName(name)) return "";
  const { text, tasks } = LOSSES[name];
  return `For ${tasks.join(" and ")}: ${text}.`;
}

function networkDescription(name: unknown): string {
  const known = ARCHITECTURES.find((architecture) => architecture === name);
  return known === undefined ? "" : ZOO[known].description;
}
