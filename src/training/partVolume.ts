/** What a network made of an image or a part of it, as a NIfTI volume that lies where its input lay. */
import type { DataPlan } from "../data/experimentData";
import { type NiftiHeader, readNiftiHeader } from "../data/niftiHeader";
import { writeNifti } from "../data/niftiWrite";
import { partPlace } from "../data/parts";

/**
 * Writes `values` with the header of the image at `source`, moved to where the part lies. Of several channels the first is
 * kept: those of a slice are copies.
 * @param values [channels, ...spatial] of the part, `part` being its place among the parts
 */
export async function writePartVolume(
  file: string,
  source: string,
  { input }: Pick<DataPlan, "input">,
  part: number,
  values: Float32Array,
): Promise<void> {
  const { start, size } = partPlace(input.cut, input.imageSize, part);
  const header = await readNiftiHeader(source);
  const data = values.slice(0, size[0] * size[1] * size[2]);
  await writeNifti(file, { shape: size, data, header, ...affineAt(header, start) });
}

/** An unmoved volume keeps the header's own orientation fields, untouched. */
function affineAt({ affine }: NiftiHeader, start: readonly [number, number, number]) {
  if (start.every((offset) => offset === 0)) return {};
  const moved = affine.map((row) => {
    const [x = 0, y = 0, z = 0, origin = 0] = row;
    return [x, y, z, origin + x * start[0] + y * start[1] + z * start[2]];
  });
  return { affine: [...moved.slice(0, 3), [0, 0, 0, 1]] };
}
