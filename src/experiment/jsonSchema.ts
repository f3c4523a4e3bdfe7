/** The JSON schema of the experiment file for the editor: completion, hover text, validation. From the one zod schema. */
import { z } from "zod";
import { experimentSchema } from "./schema";

/** Draft 7, as VS Code reads it. Descriptions are Markdown. */
export function experimentJsonSchema(): z.core.JSONSchema.BaseSchema {
  const schema = z.toJSONSchema(experimentSchema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.description !== undefined) jsonSchema.markdownDescription = jsonSchema.description;
    },
  });
  return { ...schema, title: "Gyrus experiment" };
}
