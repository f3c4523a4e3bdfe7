/** Masks of regions in a CAPS, for cropped images of t1-linear. */
import { join } from "node:path";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import type { Affine } from "../../src/space/affine";
import type { Triple } from "../../src/space/triple";

const TEMPLATE = "MNI152NLin2009cSym";
const LENGTH = 4;

/** Cubes of 4 x 4 x 4 voxels without their first voxel. @param starts by name: where each begins */
export async function writeRegions(
  caps: string,
  shape: Triple,
  starts: Readonly<Record<string, Triple>>,
  affine?: Affine,
): Promise<void> {
  const [nx, ny, nz] = shape;
  for (const [name, start] of Object.entries(starts)) {
    const data = new Float32Array(nx * ny * nz);
    for (let i = 1; i < LENGTH ** 3; i++) {
      const [x, y, z] = [start[0] + (i >> 4), start[1] + ((i >> 2) & 3), start[2] + (i & 3)];
      data[(x * ny + y) * nz + z] = 1;
    }
    const file = `tpl-${TEMPLATE}_desc-Crop_res-1x1x1_roi-${name}_mask.nii.gz`;
    await writeNifti(join(caps, "masks", `tpl-${TEMPLATE}`, file), {
      shape,
      data,
      ...(affine && { affine }),
    });
  }
}
