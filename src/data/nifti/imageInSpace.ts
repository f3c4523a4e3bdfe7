/** Images in the space that an experiment asks for (`space`): as they are stored, with their axes turned, resampled, cropped or padded. */
import { refuse } from "../../experiment/problems/makeProblem";
import { isInvertible, voxelSizesOf } from "../../space/affine";
import { placeVoxels } from "../../space/alongAxes";
import type { Grid, SpatialImage } from "../../space/grid";
import { axisCodes, orientationOf, RAS } from "../../space/orientation";
import { canonical } from "../../space/reorient";
import { gridOfPlaces, gridUnder, placesIn, placesVoxels, type SpaceRule } from "../../space/spaceRule";
import type { Triple } from "../../space/triple";
import type { Scale } from "./compactVoxels";
import { headCentre } from "./headCentre";
import { type NiftiVolume, readNifti } from "./nifti";
import type { NiftiHeader } from "./niftiHeader";

type GridOfHeader = Pick<NiftiHeader, "file" | "shape" | "affine">;

/** Most voxels that a placed image may have (1 GiB): a voxel size typed in metres or with a zero too many would exhaust the memory. */
const LARGEST: Triple = [1024, 512, 512];

const count = ([nx, ny, nz]: Triple) => nx * ny * nz;

/**
 * The grid on which an image is read; of one that is placed about the head the header tells the size alone (`gridUnder`).
 * @throws InputError where the header does not say where the axes point, and they are to be turned or scaled, or where more voxels are
 *   asked for than may be
 */
export function gridInSpace({ file, shape, affine }: GridOfHeader, space: SpaceRule): Grid {
  const needed = space.orientation === "canonical" || space.voxel_size !== undefined;
  if (needed && !isInvertible(affine)) throw refuse("space.no-directions", { file });
  const grid = gridUnder({ shape, affine }, space);
  if (placesVoxels(space) && count(grid.shape) > count(LARGEST))
    throw refuse("space.too-many-voxels", { file }, { size: grid.shape.join("x"), most: LARGEST.join("x") });
  return grid;
}

/** Whether an image is read as it is stored: `space` does not turn or place it. The affine must be invertible where it may turn. */
export const isReadAsStored = ({ affine }: Pick<Grid, "affine">, space: SpaceRule): boolean =>
  !placesVoxels(space) &&
  (space.orientation === "stored" || axisCodes(orientationOf(affine)) === axisCodes(RAS));

export interface ImageInSpace extends SpatialImage {
  /** Millimetres; that of the header where the affine is of no use. */
  readonly voxelSize: Triple;
  /** Bytes after the end of its gzip data, which are ignored. */
  readonly behind: number;
  /** That of the file; it has been applied. */
  readonly scale: Scale;
}

/**
 * Reads an image as `readNifti` does, its voxels on the grid that `space` asks for.
 * @param allocate chooses the memory of the result, filled with 0; ordinary memory by default
 */
export async function readImageInSpace(
  file: string,
  space: SpaceRule,
  allocate?: (voxels: number) => Float32Array,
): Promise<ImageInSpace> {
  // What is turned or placed is copied: only the last copy need stand where the caller wants it.
  return imageInSpace(await readNifti(file, changesGrid(space) ? undefined : allocate), space, allocate);
}

/** Whether `space` may turn or place an image, of which there is a copy then. */
export const changesGrid = (space: SpaceRule): boolean =>
  space.orientation === "canonical" || placesVoxels(space);

/** As `readImageInSpace`, of an image that was read: its voxels themselves where `changesGrid` says no. */
export function imageInSpace(
  { header, data, behind }: NiftiVolume,
  space: SpaceRule,
  allocate?: (voxels: number) => Float32Array,
): ImageInSpace {
  const [turns, places] = [space.orientation === "canonical", placesVoxels(space)];
  const known = gridInSpace(header, space);
  const scale = { slope: header.slope, intercept: header.intercept };
  const voxelSize = isInvertible(known.affine) ? voxelSizesOf(known.affine) : header.voxelSize;
  const stored = { grid: { shape: header.shape, affine: header.affine }, values: data };
  const turned = turns ? canonical(stored, places ? undefined : allocate) : stored;
  if (!places) return { ...turned, voxelSize, behind, scale };
  return { ...placed(turned, space, allocate), voxelSize, behind, scale };
}

function placed(
  { grid, values }: SpatialImage,
  space: SpaceRule,
  allocate?: (voxels: number) => Float32Array,
): SpatialImage {
  const head = space.center === "head" ? (headCentre(values, grid.shape) ?? undefined) : undefined;
  const places = placesIn(grid, space, head);
  return {
    grid: gridOfPlaces(grid.affine, places),
    values: placeVoxels(values, grid.shape, places, space.interpolation ?? "linear", allocate),
  };
}
