/** Transforms of `augmentation` that move voxels. */
import { z } from "zod";
import { drawnFrom, occurrence } from "./augmentationParts";

/** Axes of the body, by the world axis of each: x, y, z. */
export const BODY_AXES = ["left-right", "posterior-anterior", "inferior-superior"] as const;

export type BodyAxis = (typeof BODY_AXES)[number];

export const axisSchema = z
  .union([z.enum(BODY_AXES), z.literal(0), z.literal(1), z.literal(2)])
  .describe("An axis of the body, or a voxel axis of the input by its number, from 0.");

export type NamedAxis = z.infer<typeof axisSchema>;

const flip = z
  .strictObject({
    kind: z.literal("flip"),
    ...occurrence,
    axes: z
      .array(axisSchema)
      .min(1)
      .default(["left-right"])
      .describe(
        "Axes that are mirrored, all of them together: of the body (`left-right`, `posterior-anterior`, `inferior-superior`), or voxel axes of the input (0, 1, 2). What is no axis of a slice is passed over.",
      ),
  })
  .describe("Left and right, or other axes, change places.");

const interpolation = z
  .enum(["linear", "cubic", "nearest"])
  .default("linear")
  .describe("How values between voxels are found; `cubic`: a B-spline, several times as slow.");

const padding = z
  .union([z.enum(["minimum", "nearest"]), z.number()])
  .default("minimum")
  .describe(
    "What stands where the image has moved away: the smallest value of the input, the value of its nearest voxel, or this number.",
  );

const affine = z
  .strictObject({
    kind: z.literal("affine"),
    ...occurrence,
    scales: z
      .tuple([z.number().positive(), z.number().positive()])
      .default([0.9, 1.1])
      .describe(
        "Lowest and highest factor of the size, drawn for each axis; above 1 the head becomes larger.",
      ),
    isotropic: z.boolean().default(false).describe("One factor for all axes."),
    degrees: drawnFrom(-10, 10, "rotation, in degrees, about each axis of the world"),
    translation: drawnFrom(0, 0, "shift, in millimetres, along each axis of the world"),
    shear: drawnFrom(0, 0, "shear, in millimetres a millimetre, of x by y, of x by z and of y by z"),
    interpolation,
    padding,
  })
  .describe("The head is turned, moved, scaled and sheared, as one.");

const elastic = z
  .strictObject({
    kind: z.literal("elastic"),
    ...occurrence,
    control_points: z
      .int()
      .min(5)
      .max(64)
      .default(7)
      .describe("Control points along each axis: more of them bend finer."),
    max_displacement: z
      .number()
      .nonnegative()
      .default(7.5)
      .describe(
        "Largest displacement of a control point along each axis, in millimetres, drawn evenly up to it.",
      ),
    locked_borders: z
      .union([z.literal(0), z.literal(1), z.literal(2)])
      .default(2)
      .describe("Outermost layers of control points that stay where they are."),
    interpolation,
    padding,
  })
  .describe("The head is bent, by a B-spline on control points.");

const anisotropy = z
  .strictObject({
    kind: z.literal("anisotropy"),
    ...occurrence,
    axes: z
      .array(axisSchema)
      .min(1)
      .default([...BODY_AXES])
      .describe("Axes, one of which is drawn; what is no axis of a slice is passed over."),
    factor: z
      .tuple([z.number().min(1), z.number().min(1)])
      .default([1.5, 5])
      .describe("Lowest and highest distance of the planes, in voxels, between which is drawn."),
  })
  .describe("As if the image had been taken in thick planes along one axis, drawn at random.");

export const SPATIAL_KINDS = [flip, affine, elastic, anisotropy] as const;
