/** The work of a reading worker; without workers the trainer does it itself. */
import { compactVoxels } from "../nifti/compactVoxels";
import { readThroughDisk } from "../nifti/diskCache";
import { readImageInSpace } from "../nifti/imageInSpace";
import { sharedVoxels } from "../nifti/sharedVoxels";
import type { ReadInputs, ReadRequest } from "../nifti/volumeMessages";
import { voxelFacts } from "../nifti/voxelFacts";
import { cutPart } from "../parts/parts";
import { fittedFacts } from "./fittedFacts";
import { inputsOf } from "./inputsOf";
import { checkVoxels, type InputSettings, measuredImage, type Voxels } from "./networkInput";

/** Throws an InputError for an image that cannot be read or has another size. */
export async function readInputs(settings: InputSettings, request: ReadRequest): Promise<ReadInputs> {
  const { file, parts, seeds, standard, facts, memory = [] } = request;
  const { voxels, values } =
    request.voxels === undefined
      ? await decode(file, settings)
      : { voxels: request.voxels, values: undefined };
  const inputs = inputsOf(voxels, settings, parts, { seeds, memory, standard });
  return {
    inputs,
    decoded: request.voxels === undefined ? voxels : undefined,
    facts: facts ? factsOf(voxels, values ?? valuesOf(voxels), settings) : null,
  };
}

function factsOf({ file, size, extent, behind = 0 }: Voxels, data: Float32Array, settings: InputSettings) {
  return { ...voxelFacts(data, size, extent), behind, fitted: fittedFacts({ file, data }, settings) };
}

/** As it is kept, in shared memory: it can be given to any worker without a copy. */
async function decode(
  file: string,
  settings: InputSettings,
): Promise<{ readonly voxels: Voxels; readonly values: Float32Array }> {
  const { space, imageSize, disk = null } = settings;
  const { grid, values, behind, scale } =
    disk === null
      ? await readImageInSpace(file, space, sharedVoxels)
      : await readThroughDisk(disk, file, space, sharedVoxels);
  const size = grid.shape;
  const extent = checkVoxels({ file, size, data: values }, imageSize);
  const stored = compactVoxels(values, scale, extent) ?? { data: values, scale: null };
  const measured = measuredImage({ file, data: values }, settings);
  return { voxels: { file, size, affine: grid.affine, ...stored, extent, measured, behind }, values };
}

const valuesOf = ({ data, size, scale = null }: Voxels): Float32Array =>
  cutPart(data, size, { mode: "image" }, 0, { scale });
