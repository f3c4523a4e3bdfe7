/**
 * The JSON schema of the experiment file as an offer: completion and hover text, and no validation. VS Code calls what a schema
 * refuses a warning; a value with which nothing can be trained is an error, and the check of the text says so.
 */
import type { z } from "zod";
import { experimentJsonSchema } from "./jsonSchema";

type JsonSchema = z.core.JSONSchema.BaseSchema;

const TOLD = [
  "$schema",
  "title",
  "description",
  "markdownDescription",
  "default",
  "defaultSnippets",
] as const;

export function experimentOffers(): JsonSchema {
  const { allOf = [], ...schema } = experimentJsonSchema();
  const conditions = allOf.map(({ if: condition, then: settings }) => ({
    if: condition ?? true,
    // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
    then: settings === undefined ? {} : offer(settings),
  }));
  return { ...offer(schema), allOf: conditions };
}

/** The same words, keys and values, of which each may be something else. */
function offer(schema: z.core.JSONSchema._JSONSchema): JsonSchema {
  if (typeof schema === "boolean") return {};
  const told = Object.fromEntries(TOLD.flatMap((key) => (key in schema ? [[key, schema[key]]] : [])));
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties).map(([key, property]) => [key, offer(property)]);
    return { ...told, properties: Object.fromEntries(properties) };
  }
  const forms = schema.anyOf ?? schema.oneOf;
  const { items, ...rest } = schema;
  for (const key of TOLD) delete rest[key];
  const form = items === undefined || Array.isArray(items) ? rest : { ...rest, items: offer(items) };
  return { ...told, anyOf: [...(forms?.map(offer) ?? [form]), {}] };
}
