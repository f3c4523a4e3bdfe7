/** The JSON schema of the experiment file for the editor: completion, hover text, validation. From the one zod schema. */
import { z } from "zod";
import { ARCHITECTURES, ZOO } from "../network/zoo/zoo";
import { type ExperimentInput, experimentSchema } from "./schema";

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

/** Draft 7, as VS Code reads it. Descriptions are Markdown. */
export function experimentJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(experimentSchema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.description !== undefined) jsonSchema.markdownDescription = jsonSchema.description;
      if (jsonSchema.enum?.includes(ARCHITECTURES[0])) {
        jsonSchema.markdownEnumDescriptions = jsonSchema.enum.map(networkDescription);
      }
    },
  });
  return {
    ...schema,
    title: "Gyrus experiment",
    defaultSnippets: [
      { label: "New experiment", description: "Classification of whole images", body: START },
    ],
  };
}

function networkDescription(name: unknown): string {
  const known = ARCHITECTURES.find((architecture) => architecture === name);
  return known === undefined ? "" : ZOO[known].description;
}
