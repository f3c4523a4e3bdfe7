/** `intensity`: what is done to the values of every input, instead of `normalize`. */
import { z } from "zod";

const over = z
  .union([
    z.literal("all").describe("All voxels."),
    z.strictObject({ above: z.number().describe("Voxels whose value is above this.") }),
    z.strictObject({
      mask: z.string().min(1).describe("NIfTI mask of all images: voxels where it is not 0."),
    }),
  ])
  .describe("Which voxels are measured: `all`, those above a value, or those of a mask. All are changed.");

const each = z
  .enum(["image", "part"])
  .default("image")
  .describe("Whether an image is measured as a whole or each part of it by itself.");

const range = z
  .tuple([z.number(), z.number()])
  .default([0, 1])
  .describe("Two values, to which the lowest and the highest percentile are brought.");

const percentile = z.number().min(0).max(100);

export const intensitySchema = z
  .discriminatedUnion("kind", [
    z
      .strictObject({ kind: z.literal("min-max"), each })
      .describe("The smallest value becomes 0, the largest 1."),
    z
      .strictObject({ kind: z.literal("z-score"), over: over.default("all"), each })
      .describe("The mean becomes 0, the standard deviation 1."),
    z
      .strictObject({
        kind: z.literal("percentile"),
        low: percentile.lt(50).default(1).describe("Percentile below which values are clipped."),
        high: percentile.gt(50).default(99).describe("Percentile above which values are clipped."),
        range,
        over: over.default("all"),
        each,
      })
      .describe("Values are clipped to two percentiles, which are brought to the ends of a range."),
    z
      .strictObject({ kind: z.literal("histogram"), range, over: over.default({ above: 0 }), each })
      .describe(
        "Percentiles of each image, or part, are brought to where those of the training set are on average (Nyúl).",
      ),
  ])
  .nullable()
  .default(null)
  .describe(
    "Normalisation instead of `normalize`: `min-max`, `z-score`, `percentile` (clip and rescale), or `histogram` (Nyúl's, fitted on the training set of each split and kept in the MAPS).",
  );

export type IntensitySettings = NonNullable<z.infer<typeof intensitySchema>>;

/** ClinicaDL's own: each input is brought to [0, 1] by its smallest and largest value. */
const CLINICADL: IntensitySettings = { kind: "min-max", each: "part" };

/** What is done to the values of an experiment; null for nothing. */
export const intensityOf = ({
  intensity,
  normalize,
}: {
  readonly intensity: IntensitySettings | null;
  readonly normalize: boolean;
}): IntensitySettings | null => intensity ?? (normalize ? CLINICADL : null);
