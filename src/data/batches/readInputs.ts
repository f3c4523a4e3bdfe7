/** The work of a reading worker; without workers the trainer does it itself. */
import { readImageInSpace } from "../nifti/imageInSpace";
import type { ReadInputs, ReadRequest } from "../nifti/volumeMessages";
import { voxelFacts } from "../nifti/voxelFacts";
import { checkVoxels, type InputSettings, networkInput, type Voxels } from "./networkInput";
import type { Extent } from "./normalise";

/** Throws an InputError for an image that cannot be read or has another size. */
export async function readInputs(settings: InputSettings, request: ReadRequest): Promise<ReadInputs> {
  const { file, parts, seeds, facts } = request;
  const { voxels, extent } =
    request.voxels === undefined
      ? await decode(file, settings)
      : { voxels: request.voxels, extent: undefined };
  const inputs = parts.map((part, i) => networkInput(voxels, settings, part, seeds?.[i]));
  return {
    inputs,
    decoded: request.voxels === undefined ? voxels : undefined,
    facts: facts ? { ...voxelFacts(voxels.data, voxels.size, extent), behind: voxels.behind ?? 0 } : null,
  };
}

/** Into shared memory: kept by the trainer, it can be given to any worker without a copy. */
async function decode(
  file: string,
  { space, imageSize }: InputSettings,
): Promise<{ readonly voxels: Voxels; readonly extent: Extent }> {
  const { grid, values, behind } = await readImageInSpace(
    file,
    space,
    (count) => new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT)),
  );
  const voxels: Voxels = { file, size: grid.shape, data: values, behind };
  return { voxels, extent: checkVoxels(voxels, imageSize) };
}
