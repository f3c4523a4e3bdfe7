/** `space`: the grid on which every image is read. */
import { z } from "zod";

/** A length for each axis, or one for all. */
const millimetres = z.number().positive().max(1000);
const voxels = z.int().positive().max(4096);

export const spaceSchema = z
  .strictObject({
    orientation: z
      .enum(["stored", "canonical"])
      .default("stored")
      .describe(
        "`canonical`: the axes of every image are reordered and flipped to RAS+ as it is read, without a voxel lost. `stored`: as in the file, like ClinicaDL.",
      ),
    voxel_size: z
      .union([millimetres, z.tuple([millimetres, millimetres, millimetres])])
      .optional()
      .describe(
        "Voxel size in mm to which every image is resampled, one number or one for each axis as it is read. Default: as stored.",
      ),
    interpolation: z
      .enum(["linear", "cubic"])
      .optional()
      .describe("With `voxel_size`: values between voxels, as scipy computes them. Default: `linear`."),
    size: z
      .union([voxels, z.tuple([voxels, voxels, voxels])])
      .optional()
      .describe(
        "Voxels along each axis to which every image is cropped or padded with 0, one number or one for each axis as it is read. Default: all.",
      ),
    center: z
      .enum(["image", "head"])
      .optional()
      .describe(
        "With `size`: what stays in the middle, the middle of the image or the centre of mass of what is brighter than air. Default: `image`.",
      ),
  })
  .default({ orientation: "stored" })
  .describe("The space in which images are read.");
