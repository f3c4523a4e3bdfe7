/** A mask that all images share, on the grid on which these are read. */
import { refuse } from "../../experiment/problems/makeProblem";
import { isInvertible } from "../../space/affine";
import type { Grid, SpatialImage } from "../../space/grid";
import { resample } from "../../space/resample";
import { placesVoxels, type SpaceRule } from "../../space/spaceRule";
import { readImageInSpace } from "../nifti/imageInSpace";
import { readNifti } from "../nifti/nifti";

/**
 * Turned as the images are, voxel on voxel; where these are placed it has a centre and an extent of its own, and they get what of it lies at the
 * same place in the world, by the nearest voxel.
 * @param image the grid of the first image as it is read
 * @throws InputError for a mask that cannot be read or has another size than the images
 */
export async function readMaskInSpace(file: string, image: Grid, space: SpaceRule): Promise<SpatialImage> {
  if (!placesVoxels(space)) {
    const { grid, values } = await readImageInSpace(file, space);
    const [size, expected] = [grid.shape.join("x"), image.shape.join("x")];
    if (size !== expected) throw refuse("mask.size", { file }, { size, expected });
    return { grid, values };
  }
  const { header, data } = await readNifti(file);
  const { shape, affine } = header;
  if (!isInvertible(affine) || !isInvertible(image.affine)) throw refuse("space.no-directions", { file });
  return resample({ grid: { shape, affine }, values: data }, image, { interpolation: "nearest", outside: 0 });
}
