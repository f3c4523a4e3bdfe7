/**
 * Schema of the user's own network in the experiment file: lists of layers, sizes inferred from the input, made of what the
 * definitions of the layers say of their options. `fc` makes a CNN; without it the convolutions become an autoencoder by
 * transposition.
 */
import { z } from "zod";
import type { CustomLayer, LayerList } from "../../network/building/customArchitecture";
import type { LayerOption } from "../../network/definition/layerOptions";
import { LAYERS } from "../../network/layer";

const [first, ...others] = Object.values(LAYERS).flatMap((definition) =>
  definition.own === undefined ? [] : [layerSchema(definition.kind, definition.own)],
);

function layerSchema(
  kind: string,
  own: { readonly description: string; readonly options: Readonly<Record<string, LayerOption>> },
) {
  const options = Object.entries(own.options).map(([name, option]) => [name, optionSchema(option)]);
  return z.strictObject({ layer: z.literal(kind), ...Object.fromEntries(options) }).describe(own.description);
}

function optionSchema(option: LayerOption): z.ZodType {
  const schema = valueSchema(option);
  if (option.default !== undefined) return schema.default(option.default).describe(option.description);
  return (option.absent === undefined ? schema : schema.optional()).describe(option.description);
}

function valueSchema(option: LayerOption): z.ZodType {
  switch (option.type) {
    case "sizes": {
      const size = z.int().min(option.smallest);
      return z.union([size, z.array(size).min(2).max(3)]);
    }
    case "count":
      return z.int().positive();
    case "flag":
      return z.boolean();
    case "number": {
      let number = z.number();
      if (option.above !== undefined) number = number.gt(option.above);
      if (option.smallest !== undefined) number = number.min(option.smallest);
      if (option.largest !== undefined) number = number.max(option.largest);
      if (option.below !== undefined) number = number.lt(option.below);
      return number;
    }
  }
}

/** The options of a layer are checked one by one as its descriptors say, from which the type is derived as well. */
const customLayerSchema = z.discriminatedUnion("layer", [
  first!,
  ...others,
]) as unknown as z.ZodType<CustomLayer>;

export const layerListSchema = z.strictObject({
  convolutions: z.array(customLayerSchema).min(1).describe("Layers that extract features, in order."),
  fc: z
    .array(customLayerSchema)
    .min(1)
    .optional()
    .describe("Layers that answer; the last Linear needs no `out_features`. Absent for an autoencoder."),
}) satisfies z.ZodType<LayerList>;
