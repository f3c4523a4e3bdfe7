import { describe, expect, it } from "vitest";
import { experimentJsonSchema } from "../../../src/experiment/jsonSchema";

describe("the JSON schema of the experiment file", () => {
  const schema = experimentJsonSchema();

  it("requires only what has no default", () => {
    expect(schema.required).toEqual(["caps_directory", "tsv_path"]);
  });

  it("says of each key what it means, what is allowed and its default", () => {
    expect(schema.properties?.optimizer).toMatchObject({
      enum: expect.arrayContaining(["Adam", "SGD"]),
      default: "Adam",
    });
    expect(schema.properties?.patience).toMatchObject({
      type: "integer",
      minimum: 0,
      default: 10,
      markdownDescription: expect.stringContaining("0: never"),
    });
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      expect(property, key).toHaveProperty("markdownDescription");
    }
  });

  it("is draft 7", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  });
});
