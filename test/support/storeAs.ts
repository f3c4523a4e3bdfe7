import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readNifti } from "../../src/data/nifti/nifti";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { orientationOfCodes } from "../../src/space/orientation";
import { reorient } from "../../src/space/reorient";

/** Stores the image in another order and direction of axes ("LAS"): every voxel keeps its value and its place in the world. */
export async function storeAs(file: string, codes: string): Promise<void> {
  const { header, data } = await readNifti(file);
  const orientation = orientationOfCodes(codes);
  if (orientation === null) throw new Error(`${codes} is no orientation`);
  const stored = { grid: { shape: header.shape, affine: header.affine }, values: data };
  const { grid, values } = reorient(stored, orientation);
  await writeNifti(file, { shape: grid.shape, data: values, affine: grid.affine });
}

/** A copy of a CAPS whose images are all stored as `codes`. */
export async function capsStoredAs(caps: string, copy: string, codes: string): Promise<string> {
  cpSync(caps, copy, { recursive: true });
  const files = readdirSync(copy, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".nii.gz"))) await storeAs(join(copy, file), codes);
  return copy;
}
