import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { INTENSITY_KINDS } from "../../../src/experiment/schema/intensityAugmentation";
import { experimentJsonSchema } from "../../../src/experiment/schema/jsonSchema";
import { experimentOffers } from "../../../src/experiment/schema/offeringSchema";
import { SPATIAL_KINDS } from "../../../src/experiment/schema/spatialAugmentation";
import { ARCHITECTURES, ZOO } from "../../../src/network/zoo/zoo";
import { OPTIMIZERS } from "../../../src/optimizer/optimizers";

const TRANSFORM_KINDS = [...SPATIAL_KINDS, ...INTENSITY_KINDS].map(({ shape }) => shape.kind.value);

const object = z.looseObject({});
const list = z.array(z.unknown());
/** What `path` leads to in nested objects and lists. */
const at = (from: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof key === "number" ? list.parse(value)[key] : object.parse(value)[key]),
    from,
  );
/** What an object offers where its `kind` is this one: by its own keys. */
function keysOfKind(offers: unknown, kind: string): unknown {
  const told = list
    .parse(at(offers, "allOf"))
    .filter((part) => at(part, "if", "properties", "kind", "const") === kind);
  expect(told).toHaveLength(1);
  return at(told[0], "then", "properties");
}

describe("the JSON schema of the experiment file", () => {
  const schema = experimentJsonSchema();

  it("requires only what has no default", () => {
    expect(schema.required).toEqual(["tsv_path"]);
    expect(schema.anyOf).toEqual([{ required: ["caps_directory"] }, { required: ["images"] }]);
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

  it("describes each network of the zoo", () => {
    expect(schema.properties?.architecture).toMatchObject({
      anyOf: [
        {
          enum: ["default", ...ARCHITECTURES],
          markdownEnumDescriptions: ["", ...ARCHITECTURES.map((name) => ZOO[name].description)],
        },
        {},
      ],
    });
  });

  it("offers the settings of the optimizer that is chosen, or of the usual one", () => {
    const ofOptimizer = (name: string) =>
      schema.allOf?.find((part) => JSON.stringify(part).includes(`"${name}"`));
    expect(ofOptimizer("SGD")).toMatchObject({
      if: { properties: { optimizer: { const: "SGD" } }, required: ["optimizer"] },
      // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
      then: {
        properties: {
          optimizer_settings: {
            properties: {
              momentum: { type: "number", minimum: 0, default: 0, markdownDescription: expect.any(String) },
              nesterov: { type: "boolean", default: false },
            },
            additionalProperties: false,
          },
        },
      },
    });
    expect(ofOptimizer("Adam")).not.toHaveProperty("if.required");
    expect(schema.properties?.optimizer).toHaveProperty(
      `markdownEnumDescriptions.${Object.keys(OPTIMIZERS).indexOf("SGD")}`,
      OPTIMIZERS.SGD.text,
    );
  });

  it("starts an empty file with an experiment that is valid", () => {
    const snippets = z.array(z.object({ body: z.unknown() })).parse(schema.defaultSnippets);
    expect(snippets).toHaveLength(1);
    expect(resolveExperiment(snippets[0]?.body, "/data/a.experiment.json").problems).toEqual([]);
  });

  it("is the one by which the editor checks a maps.json", () => {
    const built = readFileSync(resolve(import.meta.dirname, "../../../dist/maps.schema.json"), "utf8");
    expect(JSON.parse(built)).toEqual(JSON.parse(JSON.stringify(schema)));
  });

  it("refuses nothing in an experiment file, which has a check of its own, but offers and explains the same", () => {
    const offers = experimentOffers();
    const words = JSON.stringify(offers);
    expect(words).not.toContain('"additionalProperties":false');
    expect(words).not.toContain('"required":["caps_directory"');
    expect(words).not.toMatch(/"minItems":[1-9],"type":"array","items":\{/);
    expect(Object.keys(offers.properties ?? {})).toEqual(Object.keys(schema.properties ?? {}));
    for (const [key, property] of Object.entries(offers.properties ?? {})) {
      expect(property, key).toHaveProperty("markdownDescription");
      const open = property as { readonly anyOf?: readonly unknown[]; readonly properties?: object };
      expect(
        open.properties !== undefined || open.anyOf?.some((form) => Object.keys(form ?? {}).length === 0),
        key,
      ).toBe(true);
    }
    expect(offers.properties?.optimizer).toMatchObject({
      default: "Adam",
      anyOf: [{ enum: expect.arrayContaining(["SGD"]), markdownEnumDescriptions: expect.any(Array) }, {}],
    });
  });

  describe("of the transforms of `augmentation`", () => {
    const forms = z
      .array(z.unknown())
      .parse(
        at(
          experimentOffers(),
          "properties",
          "augmentation",
          "anyOf",
          0,
          "properties",
          "transforms",
          "anyOf",
          0,
          "items",
          "anyOf",
        ),
      );
    const single = forms[0];
    const oneOf = at(forms[1], "properties", "one_of", "anyOf", 0, "items");

    it.each([
      ["alone", single],
      ["as one of several", oneOf],
    ])("offers the kinds, each with a word about it, %s", (_, transform) => {
      const kinds = object.parse(at(transform, "properties", "kind", "anyOf", 0));
      expect(kinds.enum).toEqual(TRANSFORM_KINDS);
      const texts = z.array(z.string().min(1)).parse(kinds.markdownEnumDescriptions);
      expect(new Set(texts).size).toBe(TRANSFORM_KINDS.length);
      expect(at(transform, "defaultSnippets", 0, "body")).toEqual({ kind: "flip" });
    });

    it.each([
      ["contrast", "factor", /distance from the mean/],
      ["anisotropy", "factor", /distance of the planes, in voxels/],
      ["affine", "degrees", /in degrees, about each axis of the world/],
      ["motion", "translation", /in millimetres/],
      ["flip", "probability", /from 0 to 1\. Default: 1, of a flip 0\.5/],
      ["bias_field", "order", /from 0 to 6/],
    ])("explains of %s what its own `%s` means, with unit or range", (kind, key, text) => {
      for (const transform of [single, oneOf]) {
        const told = at(keysOfKind(transform, kind), key);
        expect(at(told, "markdownDescription")).toMatch(text);
        expect(told).not.toHaveProperty("minimum");
      }
    });
  });

  describe("of `intensity`", () => {
    const intensity = at(experimentOffers(), "properties", "intensity", "anyOf", 0);
    const kinds = ["min-max", "z-score", "percentile", "histogram"];

    it("offers the kinds, each with a word about it", () => {
      const offered = object.parse(at(intensity, "properties", "kind", "anyOf", 0));
      expect(offered.enum).toEqual(kinds);
      const texts = z.array(z.string().min(1)).parse(offered.markdownEnumDescriptions);
      expect(new Set(texts).size).toBe(kinds.length);
      expect(at(intensity, "defaultSnippets")).toEqual(
        kinds.map((kind, place) => ({ label: kind, description: texts[place], body: { kind } })),
      );
    });

    it.each([
      ["min-max", { each: "image" }],
      ["z-score", { over: "all", each: "image" }],
      ["percentile", { low: 1, high: 99, range: [0, 1], over: "all", each: "image" }],
      ["histogram", { range: [0, 1], over: { above: 0 }, each: "image" }],
    ])("offers of %s its own keys, each with its default and what it means", (kind, defaults) => {
      const keys = object.parse(keysOfKind(intensity, kind));
      const told = Object.entries(keys).map(([key, of]) => [key, at(of, "default")]);
      expect(Object.fromEntries(told)).toEqual(defaults);
      for (const [key, of] of Object.entries(keys))
        expect(at(of, "markdownDescription"), key).toMatch(/\w+ \w+/);
    });

    it("says of each choice of voxels which they are", () => {
      const over = at(keysOfKind(intensity, "z-score"), "over", "anyOf");
      expect(over).toMatchObject([
        { markdownDescription: expect.any(String) },
        { properties: { above: { markdownDescription: expect.any(String) } } },
        { properties: { mask: { markdownDescription: expect.any(String) } } },
        {},
      ]);
    });
  });

  it("is draft 7", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  });
});
