/** Transforms of `augmentation` that change values. Ranges that are usual: those of torchio, MONAI or nnU-Net, where they have the transform. */
import { z } from "zod";
import { drawnFrom, drawnFromZero, occurrence } from "./augmentationParts";

/** As `drawnFromZero`, of whole numbers. */
const countFrom = (low: number, high: number, least: number, text: string) =>
  z
    .tuple([z.int().min(least).max(MOST), z.int().min(least).max(MOST)])
    .default([low, high])
    .describe(`Lowest and highest ${text}, between which is drawn.`);

/** Of what is drawn one by one: more than this would take a training hours, and is a slip. */
const MOST = 1000;

const gamma = z
  .strictObject({
    kind: z.literal("gamma"),
    ...occurrence,
    gamma: z
      .tuple([z.number().positive(), z.number().positive()])
      .default([0.7, 1.5])
      .describe("Lowest and highest exponent: as often below 1 as above it, where the range holds both."),
    invert: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe("How often dark and bright change places while the power is taken, from 0 to 1 (nnU-Net)."),
    keep_statistics: z
      .boolean()
      .default(false)
      .describe("Whether mean and standard deviation are brought back to what they were (nnU-Net)."),
  })
  .describe("Gamma correction: a power of the values between their smallest and largest, which stay.");

const noise = z
  .strictObject({
    kind: z.literal("noise"),
    ...occurrence,
    distribution: z
      .enum(["gaussian", "rician"])
      .default("gaussian")
      .describe("`rician` is the noise of magnitude images of MRI, counted from the smallest value."),
    std: drawnFromZero(0, 0.1, "standard deviation, in the unit of the normalised values"),
  })
  .describe("Noise of each voxel.");

const blur = z
  .strictObject({
    kind: z.literal("blur"),
    ...occurrence,
    sigma: drawnFromZero(0, 2, "standard deviation of the Gaussian along each axis, in millimetres"),
  })
  .describe("Gaussian blur.");

const biasField = z
  .strictObject({
    kind: z.literal("bias_field"),
    ...occurrence,
    coefficients: drawnFrom(-0.5, 0.5, "coefficient of the polynomial"),
    order: z.int().min(0).max(6).default(3).describe("Order of the polynomial, from 0 to 6."),
  })
  .describe(
    "Uneven sensitivity of the coil: the values are multiplied by exp of a polynomial of their place.",
  );

const ghosting = z
  .strictObject({
    kind: z.literal("ghosting"),
    ...occurrence,
    ghosts: countFrom(4, 10, 1, "number of ghosts"),
    intensity: drawnFromZero(0.5, 1, "part by which their planes of k-space are weakened"),
    centre: z
      .number()
      .min(0)
      .max(1)
      .default(0.02)
      .describe("Part of k-space in its middle that stays; its middle plane does in any case."),
  })
  .describe("Ghosts along one axis, drawn at random, as of pulsating blood.");

const motion = z
  .strictObject({
    kind: z.literal("motion"),
    ...occurrence,
    degrees: drawnFrom(-10, 10, "rotation of the head about each axis, in degrees"),
    translation: drawnFrom(-10, 10, "movement along each axis, in millimetres"),
    movements: z.int().min(1).max(10).default(2).describe("Movements during the acquisition."),
  })
  .describe("Movements of the head while k-space is filled, plane by plane along an axis drawn at random.");

const spike = z
  .strictObject({
    kind: z.literal("spike"),
    ...occurrence,
    spikes: countFrom(1, 1, 0, "number of spikes"),
    intensity: drawnFrom(1, 3, "strength of a spike, in maxima of k-space"),
  })
  .describe("Spikes in k-space: stripes over the image.");

const contrast = z
  .strictObject({
    kind: z.literal("contrast"),
    ...occurrence,
    factor: drawnFromZero(0.75, 1.25, "factor of the distance from the mean"),
  })
  .describe("Contrast about the mean, clipped to the range that the values had.");

const brightness = z
  .strictObject({
    kind: z.literal("brightness"),
    ...occurrence,
    factor: drawnFromZero(0.75, 1.25, "factor of the values"),
    offset: drawnFrom(0, 0, "number that is added, in the unit of the normalised values"),
  })
  .describe("The values times a factor, plus an offset.");

const erasing = z
  .strictObject({
    kind: z.literal("erasing"),
    ...occurrence,
    cuboids: countFrom(1, 1, 0, "number of cuboids"),
    size: z
      .tuple([z.number().min(0).max(1), z.number().min(0).max(1)])
      .default([0.1, 0.3])
      .describe("Smallest and largest edge, as part of the axis, between which each edge is drawn."),
    fill: z
      .union([z.enum(["minimum", "mean"]), z.number()])
      .default("minimum")
      .describe("What stands in them: a value, or the smallest value or the mean of the input."),
  })
  .describe("Cuboids of the input are erased.");

const swap = z
  .strictObject({
    kind: z.literal("swap"),
    ...occurrence,
    size: z.int().min(1).max(MOST).default(15).describe("Edge of the cubes in voxels."),
    exchanges: z.int().min(0).max(MOST).default(100).describe("How often two cubes change places."),
  })
  .describe("Cubes of the input change places, two at a time.");

export const INTENSITY_KINDS = [
  gamma,
  noise,
  blur,
  biasField,
  ghosting,
  motion,
  spike,
  contrast,
  brightness,
  erasing,
  swap,
] as const;
