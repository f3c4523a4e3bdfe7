/** What a network made of an image or a part of it, as a NIfTI volume that lies where its input lay. */

import { gridInSpace, isReadAsStored, readImageInSpace } from "../../data/nifti/imageInSpace";
import { type NiftiHeader, readNiftiHeader } from "../../data/nifti/niftiHeader";
import { writeNifti } from "../../data/nifti/niftiWrite";
import { type InputPlace, inputPlace, valuesInPlace } from "../../data/parts/inputPlace";
import type { DataPlan } from "../../data/plan/experimentData";
import { affineOfPart } from "../../space/affine";
import type { Grid } from "../../space/grid";
import type { SpaceRule } from "../../space/spaceRule";

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
  await writeNifti(file, {
    shape: place.size,
    data,
    header,
    ...(await affineAt(header, input.space, place)),
  });
}

/** A volume that covers its image as it is stored keeps the header's own orientation fields, untouched. */
async function affineAt(header: NiftiHeader, space: SpaceRule, { start, step }: InputPlace) {
  const covers = step === 1 && start.every((offset) => offset === 0);
  if (covers && isReadAsStored(header, space)) return {};
  const { affine } = await gridOf(header, space);
  return { affine: affineOfPart(affine, start, [step, step, step]) };
}

/** Where the head is in an image its voxels alone tell: of the parts of one image, which are written one after the other, it is read once. */
async function gridOf(header: NiftiHeader, space: SpaceRule): Promise<Grid> {
  if (space.size === undefined || space.center !== "head") return gridInSpace(header, space);
  if (placed?.file !== header.file || placed.space !== space) {
    const grid = readImageInSpace(header.file, space).then((image) => image.grid);
    placed = { file: header.file, space, grid };
  }
  return await placed.grid;
}

let placed: { readonly file: string; readonly space: SpaceRule; readonly grid: Promise<Grid> } | null = null;
