/** The reference of the experiment file (docs/experiment.md), written from the one schema that also checks it. */
import type { z } from "zod";
import { experimentJsonSchema, settingsJsonSchema } from "../src/experiment/schema/jsonSchema";
import { ARCHITECTURES, ZOO } from "../src/network/zoo/zoo";
import { OPTIMIZER_NAMES, type OptimizerName } from "../src/optimizer/optimizers";
import { LOSS_NAMES, LOSSES } from "../src/statistics/losses/losses";

type Schema = z.core.JSONSchema.BaseSchema;

const LARGEST_INTEGER = Number.MAX_SAFE_INTEGER;

/** A Markdown page. `npm run docs` writes it; a test compares it with the file. */
export function experimentReference(): string {
  const schema = experimentJsonSchema();
  const {
    preprocessing_dict: preprocessing,
    space,
    intensity,
    augmentation,
    architecture,
  } = schema.properties ?? {};
  const images = isSchema(schema.properties?.images) ? schema.properties.images : undefined;
  return [
    "# The experiment file",
    "",
    "Written by `npm run docs` from the schema that checks experiment files (`src/experiment/schema/schema.ts`). In VS Code the same texts stand in the",
    "completion and the hover of every key. Keys, meanings and defaults are those of ClinicaDL's `maps.json`;",
    "[clinicadl-differences.md](clinicadl-differences.md) lists what differs. Relative paths start at the file.",
    "",
    ...table(schema),
    "",
    "## `preprocessing_dict`",
    "",
    "Which image of a session is read, and what of it the network sees.",
    "",
    ...table(preprocessing),
    "",
    "## `images`",
    "",
    "Images that stand in no CAPS, in one of three kinds of place; [images.md](images.md) says more.",
    "",
    ...(images?.anyOf ?? []).flatMap((kind) => [...table(kind), ""]),
    "## `space`",
    "",
    "On which grid every image is read; [space.md](space.md) says more.",
    "",
    ...table(space),
    "",
    "## `intensity`",
    "",
    "What is done to the values instead of `normalize`; [space.md](space.md#intensity-of-an-experiment) says more.",
    "",
    ...markdownTable(["kind", "key", "values", "default", "meaning"], kindsOf(intensity)),
    "",
    "## `augmentation`",
    "",
    "How training samples are transformed; [augmentation.md](augmentation.md) says more, with formulas.",
    "",
    ...augmentationTables(augmentation),
    "## `optimizer_settings`",
    "",
    "What may be set of each optimizer, by PyTorch's names; [optimizers.md](optimizers.md) says more of them. `lr` is `learning_rate`.",
    "",
    ...markdownTable(
      ["optimizer", "key", "values", "default", "meaning"],
      OPTIMIZER_NAMES.flatMap(settingsOf),
    ),
    "",
    "## `loss`",
    "",
    ...markdownTable(
      ["name", "for", "what it measures"],
      LOSS_NAMES.map((name) => [code(name), LOSSES[name].tasks.join(", "), LOSSES[name].text]),
    ),
    "",
    "## `architecture`",
    "",
    "A name:",
    "",
    ...markdownTable(
      ["name", "what it is"],
      ARCHITECTURES.map((name) => [code(name), ZOO[name].description]),
    ),
    "",
    "or your own layers: `convolutions`, then `fc`, each a list. Sizes that are not given follow from the image; the last `Linear` of `fc` needs no",
    "`out_features`. One number stands for all axes, a list gives one for each. For a reconstruction the autoencoder is made of the",
    "convolutions, and `fc` may be left out.",
    "",
    ...markdownTable(["`layer`", "what it does", "keys, with their defaults"], layersOf(architecture)),
    "",
  ].join("\n");
}

function table(schema: z.core.JSONSchema._JSONSchema | undefined): string[] {
  const required = isSchema(schema) ? (schema.required ?? []) : [];
  return markdownTable(
    ["key", "values", "default", "meaning"],
    propertiesOf(schema).map(([name, property]) => [
      code(name),
      valuesOf(property),
      property.default === undefined
        ? required.includes(name)
          ? "required"
          : ""
        : code(JSON.stringify(property.default)),
      meaning(name, property),
    ]),
  );
}

/** The key itself, and each kind of transform with its keys. */
function augmentationTables(schema: z.core.JSONSchema._JSONSchema | undefined): string[] {
  const form = isSchema(schema)
    ? schema.anyOf?.find((one) => isSchema(one) && one.type === "object")
    : undefined;
  const list = isSchema(form) ? form.properties?.transforms : undefined;
  const steps = isSchema(list) && isSchema(list.items) ? (list.items.anyOf ?? []) : [];
  const oneOf = steps.find((step) => isSchema(step) && step.type === "object");
  const transforms = { anyOf: steps.filter((step) => step !== oneOf) };
  return [
    ...table(form),
    "",
    "A step of `transforms` that chooses:",
    "",
    ...table(oneOf),
    "",
    "Transforms:",
    "",
    ...markdownTable(["kind", "key", "values", "default", "meaning"], kindsOf(transforms)),
    "",
  ];
}

/** Each kind with its keys. */
function kindsOf(schema: z.core.JSONSchema._JSONSchema | undefined): string[][] {
  const forms = isSchema(schema) ? (schema.anyOf ?? []).filter(isSchema) : [];
  const kinds = forms.flatMap(({ oneOf = [] }) => oneOf.filter(isSchema));
  return kinds.flatMap((form) => {
    const { kind } = form.properties ?? {};
    const keys = propertiesOf(form).filter(([name]) => name !== "kind");
    return keys.map(([key, property], row) => [
      row === 0 && isSchema(kind) ? valuesOf(kind) : "",
      code(key),
      valuesOf(property),
      property.default === undefined ? "" : code(JSON.stringify(property.default)),
      meaning(key, property),
    ]);
  });
}

const settingsOf = (name: OptimizerName): string[][] =>
  propertiesOf(settingsJsonSchema(name)).map(([key, property], row) => [
    row === 0 ? code(name) : "",
    code(key),
    valuesOf(property),
    code(JSON.stringify(property.default)),
    meaning(key, property),
  ]);

function meaning(key: string, { description }: Schema): string {
  if (!description) throw new Error(`The key ${key} has no description in its schema.`);
  return description;
}

const propertiesOf = (schema: z.core.JSONSchema._JSONSchema | undefined): [string, Schema][] =>
  Object.entries(isSchema(schema) ? (schema.properties ?? {}) : {}).flatMap(([name, property]) =>
    isSchema(property) ? [[name, property]] : [],
  );

/** What a key takes, in words. */
function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => code(JSON.stringify(value))).join(", ");
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  const forms = schema.anyOf ?? schema.oneOf;
  if (forms !== undefined) {
    if (forms.length > MOST_KINDS_NAMED && forms.every(hasKind)) return "object of a `kind`, see below";
    return forms
      .filter(isSchema)
      .map((one) => (one.properties ? objectInWords(one) : valuesOf(one)))
      .join(" or ");
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.map((type) => typeInWords(type, schema)).join(" or ");
}

/** More kinds of objects than that are told by their table alone. */
const MOST_KINDS_NAMED = 4;

const hasKind = (form: unknown): boolean => isSchema(form) && form.properties?.kind !== undefined;

/** The layers of an architecture have a table of their own. */
function objectInWords(schema: Schema): string {
  if (schema.properties?.convolutions !== undefined) return "layers";
  const { kind } = schema.properties ?? {};
  if (isSchema(kind)) return `object of \`kind\` ${valuesOf(kind)}`;
  const { required = [] } = schema;
  const keys = propertiesOf(schema)
    .filter(([name]) => required.includes(name))
    .map(([name, one]) => `${code(name)} (${valuesOf(one)})`);
  return `object of ${keys.join(", ")}`;
}

function typeInWords(type: string | undefined, schema: Schema): string {
  switch (type) {
    case "array":
      if (Array.isArray(schema.items))
        return `list: ${schema.items.map((item) => (isSchema(item) ? valuesOf(item) : "value")).join("; ")}`;
      return `list: ${isSchema(schema.items) ? valuesOf(schema.items) : "values"}`;
    case "integer":
      return `whole number${rangeOf(schema)}`;
    case "number":
      return `number${rangeOf(schema)}`;
    case "string":
      return "text";
    case "boolean":
      return "`true`, `false`";
    case "null":
      return "`null`";
    case "object":
      return "object";
    default:
      throw new Error(`The reference has no words for the type ${type}.`);
  }
}

function rangeOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const bounds = [
    minimum === undefined ? "" : `at least ${minimum}`,
    exclusiveMinimum === undefined ? "" : `above ${exclusiveMinimum}`,
    maximum === undefined || maximum === LARGEST_INTEGER ? "" : `at most ${maximum}`,
    exclusiveMaximum === undefined ? "" : `below ${exclusiveMaximum}`,
  ].filter((bound) => bound !== "");
  return bounds.length === 0 ? "" : ` ${bounds.join(", ")}`;
}

/** Each kind of layer with its keys: `name = default`, or the name alone where it has none. */
function layersOf(architecture: z.core.JSONSchema._JSONSchema | undefined): string[][] {
  const list = isSchema(architecture)
    ? architecture.anyOf?.filter(isSchema).find(({ properties }) => properties)
    : undefined;
  const layers = list?.properties?.convolutions;
  const kinds =
    isSchema(layers) && isSchema(layers.items) ? (layers.items.oneOf ?? layers.items.anyOf ?? []) : [];
  return kinds.filter(isSchema).map((kind) => {
    const [layer, ...keys] = propertiesOf(kind);
    return [
      code(String(layer?.[1].const)),
      kind.description ?? "",
      keys
        .map(([name, { default: value }]) =>
          code(value === undefined ? name : `${name} = ${JSON.stringify(value)}`),
        )
        .join(", "),
    ];
  });
}

/** Columns as wide as their widest cell, as the formatter of the project wants them. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(cells[0]!), line(widths.map((width) => "-".repeat(width))), ...cells.slice(1).map(line)];
}

const isSchema = (schema: unknown): schema is Schema =>
  typeof schema === "object" && schema !== null && !Array.isArray(schema);
const code = (text: string) => `\`${text}\``;
