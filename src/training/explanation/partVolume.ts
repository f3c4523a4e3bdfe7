/** What a network made of an image or a part of it, as a NIfTI volume that lies where its input lay. */

import { gridInSpace, isReadAsStored } from "../../data/nifti/imageInSpace";
import { type NiftiHeader, readNiftiHeader } from "../../data/nifti/niftiHeader";
import { writeNifti } from "../../data/nifti/niftiWrite";
import { type InputPlace, inputPlace, valuesInPlace } from "../../data/parts/inputPlace";
import type { DataPlan } from "../../data/plan/experimentData";
import type { SpaceSettings } from "../../experiment/schema/schema";
import { affineOfPart } from "../../space/affine";

/**
 * Writes `values` with the header of the image at `source`, on the grid on which it was read, moved to where the part lies. Of
 * several channels the first is kept: those of a slice are copies.
 * @param values [channels, ...spatial] of the part, `part` being its place among the parts
 */
export async function writePartVolume(
  file: string,
  source: string,
  { input }: Pick<DataPlan, "input">,
  part: number,
  values: Float32Array,
): Promise<void> {
  const place = inputPlace(input, part);
  const header = await readNiftiHeader(source);
  const data = valuesInPlace(input, part, values);
  await writeNifti(file, { shape: place.size, data, header, ...affineAt(header, input.space, place) });
}

/** A volume that covers its image as it is stored keeps the header's own orientation fields, untouched. */
function affineAt(header: NiftiHeader, space: SpaceSettings, { start, step }: InputPlace) {
  const covers = step === 1 && start.every((offset) => offset === 0);
  if (covers && isReadAsStored(header, space)) return {};
  const { affine } = gridInSpace(header, space);
  return { affine: affineOfPart(affine, start, [step, step, step]) };
}
