/**
 * `augmentation`: transforms of training samples as the field has them, instead of `data_augmentation`. Gives the type, the check, the
 * completion and the documentation.
 */
import { z } from "zod";
import { INTENSITY_KINDS } from "./intensityAugmentation";
import { SPATIAL_KINDS } from "./spatialAugmentation";

const transformSchema = z.discriminatedUnion("kind", [...SPATIAL_KINDS, ...INTENSITY_KINDS]);

const oneOfSchema = z.strictObject({
  one_of: z
    .array(transformSchema)
    .min(2)
    .describe("Transforms, of which exactly one is applied; `probability` weighs them against each other."),
  probability: z.number().min(0).max(1).default(1).describe("How often one of them is applied: from 0 to 1."),
});

export const augmentationSchema = z
  .strictObject({
    on: z
      .enum(["part", "image"])
      .default("part")
      .describe(
        "`part`: each input by itself. `image`: the whole image before it is cut, so that all parts of it share one draw an epoch.",
      ),
    transforms: z
      .array(z.union([transformSchema, oneOfSchema]))
      .min(1)
      .describe('Transforms, applied in order; `{"one_of": [...]}`: one of several.'),
  })
  .nullable()
  .default(null)
  .describe(
    "Instead of `data_augmentation`: transforms of training samples with their strengths and probabilities.",
  );

export type AugmentationSettings = NonNullable<z.infer<typeof augmentationSchema>>;
export type TransformSettings = z.infer<typeof transformSchema>;
export type OneOfSettings = z.infer<typeof oneOfSchema>;

export type TransformKind = TransformSettings["kind"];
export type SettingsOf<Kind extends TransformKind> = Extract<TransformSettings, { kind: Kind }>;
