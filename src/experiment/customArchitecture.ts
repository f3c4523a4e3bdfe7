/**
 * Schema of the user's own network in the experiment file: lists of layers, sizes inferred from the input.
 * `fc` makes a CNN; without it the convolutions become an autoencoder by transposition. The types are network's.
 */
import { z } from "zod";
import type { CustomLayer, LayerList } from "../network/customArchitecture";

const perAxis = z.union([z.int().nonnegative(), z.array(z.int().nonnegative()).min(2).max(3)]);

export const customLayerSchema = z.discriminatedUnion("layer", [
  z.strictObject({
    layer: z.literal("Conv"),
    out_channels: z.int().positive(),
    kernel_size: perAxis.default(3),
    stride: perAxis.default(1),
    padding: perAxis.default(0),
    dilation: perAxis.default(1),
    groups: z.int().positive().default(1),
    bias: z.boolean().default(true),
  }),
  z.strictObject({
    layer: z.literal("BatchNorm"),
    eps: z.number().positive().default(1e-5),
    momentum: z.number().min(0).max(1).default(0.1),
  }),
  z.strictObject({
    layer: z.literal("GroupNorm"),
    num_groups: z.int().positive(),
    eps: z.number().positive().default(1e-5),
    affine: z.boolean().default(true),
  }),
  z.strictObject({
    layer: z.literal("InstanceNorm"),
    eps: z.number().positive().default(1e-5),
    affine: z.boolean().default(false),
  }),
  z.strictObject({ layer: z.literal("ReLU") }),
  z.strictObject({ layer: z.literal("LeakyReLU"), negative_slope: z.number().positive().default(0.01) }),
  z.strictObject({ layer: z.literal("Sigmoid") }),
  z.strictObject({ layer: z.literal("Tanh") }),
  z.strictObject({ layer: z.literal("ELU"), alpha: z.number().positive().default(1) }),
  z.strictObject({ layer: z.literal("GELU") }),
  z.strictObject({ layer: z.literal("SiLU") }),
  z.strictObject({ layer: z.literal("Dropout"), p: z.number().min(0).lt(1).optional() }),
  z.strictObject({
    layer: z.literal("MaxPool"),
    kernel_size: perAxis.default(2),
    stride: perAxis.optional(),
    padding: perAxis.default(0),
  }),
  z.strictObject({
    layer: z.literal("AvgPool"),
    kernel_size: perAxis.default(2),
    stride: perAxis.optional(),
    padding: perAxis.default(0),
    count_include_pad: z.boolean().default(true),
  }),
  z.strictObject({
    layer: z.literal("PadMaxPool"),
    kernel_size: perAxis.default(2),
    stride: perAxis.optional(),
  }),
  z.strictObject({
    layer: z.literal("ResidualBlock"),
    out_channels: z.int().positive(),
    stride: z.int().positive().default(1),
  }),
  z.strictObject({ layer: z.literal("AdaptiveAvgPool"), output_size: perAxis.default(1) }),
  z.strictObject({ layer: z.literal("Flatten") }),
  z.strictObject({
    layer: z.literal("Linear"),
    out_features: z.int().positive().optional(),
    bias: z.boolean().default(true),
  }),
]) satisfies z.ZodType<CustomLayer>;

export const layerListSchema = z.strictObject({
  convolutions: z.array(customLayerSchema).min(1).describe("Layers that extract features, in order."),
  fc: z
    .array(customLayerSchema)
    .min(1)
    .optional()
    .describe("Layers that answer; the last Linear needs no `out_features`. Absent for an autoencoder."),
}) satisfies z.ZodType<LayerList>;
