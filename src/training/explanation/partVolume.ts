/** What a network made of an image or a part of it, as a NIfTI volume that lies where its input lay. */

import { type NiftiHeader, readNiftiHeader } from "../../data/nifti/niftiHeader";
import { writeNifti } from "../../data/nifti/niftiWrite";
import { type InputPlace, inputPlace, valuesInPlace } from "../../data/parts/inputPlace";
import type { DataPlan } from "../../data/plan/experimentData";
import { affineOfPart } from "../../space/affine";

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
  const place = inputPlace(input, part);
  const header = await readNiftiHeader(source);
  const data = valuesInPlace(input, part, values);
  await writeNifti(file, { shape: place.size, data, header, ...affineAt(header, place) });
}

/** A volume that covers its image keeps the header's own orientation fields, untouched. */
function affineAt({ affine }: NiftiHeader, { start, step }: InputPlace) {
  if (step === 1 && start.every((offset) => offset === 0)) return {};
  return { affine: affineOfPart(affine, start, [step, step, step]) };
}
