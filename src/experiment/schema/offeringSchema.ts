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
  const tag = forms === undefined ? undefined : tagOf(forms);
  if (forms !== undefined && tag !== undefined) return { ...told, ...offerByTag(forms, tag) };
  // A list that has too few entries yet is completed too.
  const { items, minItems: _, ...rest } = schema;
  for (const key of TOLD) delete rest[key];
  const form = items === undefined || Array.isArray(items) ? rest : { ...rest, items: offer(items) };
  return { ...told, anyOf: [...(forms?.map(offer) ?? [form]), {}] };
}

type Form = z.core.JSONSchema._JSONSchema;

/** The key, such as `kind`, of which each of several objects allows another one value. */
function tagOf(forms: readonly Form[]): string | undefined {
  const [first] = forms;
  if (typeof first !== "object" || forms.length < 2) return undefined;
  return Object.keys(first.properties ?? {}).find((key) => {
    const own = forms.map((form) => onlyValue(form, key));
    return own.every((value) => value !== undefined) && new Set(own).size === forms.length;
  });
}

/** The one value that `key` may have in an object. */
function onlyValue(form: Form, key: string): string | undefined {
  const property = typeof form === "object" ? form.properties?.[key] : undefined;
  const value = typeof property === "object" ? property.const : undefined;
  return typeof value === "string" ? value : undefined;
}

/**
 * Objects of which `tag` says which it is: the keys of each are offered where the tag says so. An editor that may take any of several
 * for right would mix their keys, and explain one by what it means in another.
 */
function offerByTag(forms: readonly Form[], tag: string): JsonSchema {
  const kinds = forms.flatMap((form) => {
    const value = onlyValue(form, tag);
    return value === undefined || typeof form !== "object" ? [] : [{ value, form }];
  });
  const named = kinds.map(({ value }) => value);
  const texts = kinds.map(({ form }) => form.description ?? "");
  return {
    properties: { [tag]: { anyOf: [{ enum: named, markdownEnumDescriptions: texts }, {}] } },
    allOf: kinds.map(({ value, form }) => {
      const { [tag]: _, ...properties } = form.properties ?? {};
      return {
        if: { properties: { [tag]: { const: value } }, required: [tag] },
        // biome-ignore lint/suspicious/noThenProperty: a key of JSON Schema
        then: offer({ ...form, properties }),
      };
    }),
    defaultSnippets: kinds.map(({ value, form }) => ({
      label: value,
      description: form.description ?? "",
      body: { [tag]: value },
    })),
  };
}
