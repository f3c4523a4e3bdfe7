/** Images in the space that an experiment asks for (`space`): as they are stored, or with their axes in canonical order. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { SpaceSettings } from "../../experiment/schema/schema";
import { isInvertible, voxelSizesOf } from "../../space/affine";
import { type Grid, orientedGrid, type SpatialImage } from "../../space/grid";
import { axisCodes, orientationOf, RAS } from "../../space/orientation";
import { canonical } from "../../space/reorient";
import type { Triple } from "../../space/triple";
import type { Scale } from "./compactVoxels";
import { readNifti } from "./nifti";
import type { NiftiHeader } from "./niftiHeader";

type GridOfHeader = Pick<NiftiHeader, "file" | "shape" | "affine">;

/**
 * The grid on which an image is read.
 * @throws InputError where the header does not say where the axes point, and they are to be turned
 */
export function gridInSpace({ file, shape, affine }: GridOfHeader, { orientation }: SpaceSettings): Grid {
  if (orientation === "stored") return { shape, affine };
  if (!isInvertible(affine)) throw refuse("space.no-directions", { file });
  return orientedGrid({ shape, affine }, RAS);
}

/** Whether an image is read as it is stored: `space` does not turn it. The affine must be invertible where it may. */
export const isReadAsStored = ({ affine }: Pick<Grid, "affine">, { orientation }: SpaceSettings): boolean =>
  orientation === "stored" || axisCodes(orientationOf(affine)) === axisCodes(RAS);

export interface ImageInSpace extends SpatialImage {
  /** Millimetres; that of the header where the affine is of no use. */
  readonly voxelSize: Triple;
  /** Bytes after the end of its gzip data, which are ignored. */
  readonly behind: number;
  /** That of the file; it has been applied. */
  readonly scale: Scale;
}

/**
 * Reads an image as `readNifti` does, its voxels in the order that `space` asks for.
 * @param allocate chooses the memory of the result; ordinary memory by default
 */
export async function readImageInSpace(
  file: string,
  space: SpaceSettings,
  allocate?: (voxels: number) => Float32Array,
): Promise<ImageInSpace> {
  // What is turned is copied: only the copy need stand where the caller wants it.
  const turns = space.orientation === "canonical";
  const { header, data, behind } = await readNifti(file, turns ? undefined : allocate);
  const grid = gridInSpace(header, space);
  const scale = { slope: header.slope, intercept: header.intercept };
  if (!turns) return { grid, values: data, voxelSize: header.voxelSize, behind, scale };
  const stored = { grid: { shape: header.shape, affine: header.affine }, values: data };
  return { ...canonical(stored, allocate), voxelSize: voxelSizesOf(grid.affine), behind, scale };
}
