/** The work of a reading worker; without workers the trainer does it itself. */
import { InputError } from "../../experiment/problem";
import { readNifti } from "../nifti/nifti";
import type { ReadReply, ReadRequest } from "../nifti/volumeMessages";
import type { ImageSize } from "../sources/images";
import { checkVoxels, type InputSettings, networkInput, type Voxels } from "./networkInput";

/** Never throws: what went wrong is in the reply. */
export async function readInputs(settings: InputSettings, request: ReadRequest): Promise<ReadReply> {
  const { id, file, parts, seeds } = request;
  try {
    const voxels = request.voxels ?? (await decode(file, settings.imageSize));
    const inputs = parts.map((part, i) => networkInput(voxels, settings, part, seeds?.[i]));
    return { id, kind: "inputs", inputs, decoded: request.voxels === undefined ? voxels : undefined };
  } catch (error) {
    if (error instanceof InputError) return { id, kind: "refused", problems: error.problems };
    return {
      id,
      kind: "failed",
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}

/** Into shared memory: kept by the trainer, it can be given to any worker without a copy. */
async function decode(file: string, expected: ImageSize): Promise<Voxels> {
  const { header, data } = await readNifti(
    file,
    (count) => new Float32Array(new SharedArrayBuffer(count * Float32Array.BYTES_PER_ELEMENT)),
  );
  const voxels: Voxels = { file, size: header.shape, data };
  checkVoxels(voxels, expected);
  return voxels;
}
