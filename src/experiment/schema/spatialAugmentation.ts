/** Transforms of `augmentation` that move voxels. */
import { z } from "zod";
import { occurrence } from "./augmentationParts";

/** Axes of the body, by the world axis of each: x, y, z. */
export const BODY_AXES = ["left-right", "posterior-anterior", "inferior-superior"] as const;

export type BodyAxis = (typeof BODY_AXES)[number];

export const axisSchema = z
  .union([z.enum(BODY_AXES), z.literal(0), z.literal(1), z.literal(2)])
  .describe("An axis of the body, or a voxel axis of the input by its number, from 0.");

export type NamedAxis = z.infer<typeof axisSchema>;

const flip = z.strictObject({
  kind: z.literal("flip"),
  ...occurrence,
  axes: z
    .array(axisSchema)
    .min(1)
    .default(["left-right"])
    .describe(
      "Axes that are mirrored, all of them together: of the body (`left-right`, `posterior-anterior`, `inferior-superior`), or voxel axes of the input (0, 1, 2). What is no axis of a slice is passed over.",
    ),
});

export const SPATIAL_KINDS = [flip] as const;
