/** What maps lie over: the image of a participant, or the mean brain of a group, in the space that the networks saw it in. */
import type { Anatomy, AnatomyImage } from "../../../../webview/explain/messages";
import { reverseAxes } from "../../../data/nifti/axisOrder";
import { isReadAsStored, readImageInSpace } from "../../../data/nifti/imageInSpace";
import { voxelBytes } from "../../../data/nifti/niftiHeader";
import { readNiftiSeries } from "../../../data/nifti/niftiSeries";
import { MeanBrain } from "../../../report/reading/meanBrain";
import { readTurned } from "../../../report/reading/studyImages";
import { isInvertible, voxelSizesOf } from "../../../space/affine";
import type { SpatialImage } from "../../../space/grid";
import type { SpaceRule } from "../../../space/spaceRule";
import { LIMITS, type NiftiFile, readLayer } from "../nifti/readImage";

/** The mean of so many looks like that of all. */
export const MOST_AVERAGED = 12;

interface FileOfImage {
  readonly path: string;
  readonly file: NiftiFile;
}

/** Of one participant; null where nobody may read it. Throws an InputError where it cannot be read. */
export async function anatomyOf({ path, file }: FileOfImage, space: SpaceRule): Promise<Anatomy | null> {
  const { header } = await readNiftiSeries(await file.open());
  if (!isInvertible(header.affine) || isReadAsStored(header, space)) {
    const answer = await readLayer(file, LIMITS.ask);
    switch (answer.kind) {
      case "layer":
        return { kind: "image", image: answer.image, voxels: answer.voxels, of: 1 };
      case "tooLarge":
        return { kind: "tooLarge", bytes: answer.why.bytes };
      case "elsewhere":
        return null;
    }
  }
  const bytes = voxelBytes(header);
  if (bytes > LIMITS.ask) return { kind: "tooLarge", bytes };
  return shown(await readImageInSpace(path, space), 1);
}

/**
 * The mean, from 0 to 100, of those of `paths` that can be read and lie on the grid of the first one once they are in `space`, each brought
 * to the same brightness; null where none can be.
 */
export async function meanAnatomy(
  paths: readonly string[],
  space: SpaceRule,
  signal: AbortSignal,
): Promise<Anatomy | null> {
  const brain = new MeanBrain();
  for (const path of paths) {
    if (signal.aborted) return null;
    const image = await readTurned(path, space).catch(() => null);
    if (image !== null) brain.add(image);
  }
  const mean = brain.mean(100);
  return mean === null ? null : shown(mean, brain.count);
}

/** As views draw it: x fastest. */
function shown({ grid, values }: SpatialImage, of: number): Anatomy {
  const { shape, affine } = grid;
  const voxels = new Float32Array(values.length);
  reverseAxes(values, voxels, [shape[2], shape[1], shape[0]]);
  const image: AnatomyImage = {
    size: shape,
    affine,
    voxelSize: voxelSizesOf(affine),
    slope: 1,
    intercept: 0,
  };
  return { kind: "image", image, voxels, of };
}
