import type { Triple } from "../../space/triple";
import type { Grid } from "./grid";

export interface DrawnCropPad {
  readonly kind: "crop_pad";
  /** Voxels along x, y, z. */
  readonly shift: Triple;
}

/** ClinicaDL's CropPad, in place: each voxel becomes the one at the distance `shift`, and 0 where there is none. */
export function cropPad(values: Float32Array, grid: Grid, { shift }: DrawnCropPad): void {
  const original = values.slice();
  const [nx, ny, nz] = grid.size;
  let to = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        for (let z = 0; z < nz; z++, to++) {
          const [fx, fy, fz] = [x + shift[0], y + shift[1], z + shift[2]];
          const within = fx >= 0 && fx < nx && fy >= 0 && fy < ny && fz >= 0 && fz < nz;
          values[to] = within ? original[((channel * nx + fx) * ny + fy) * nz + fz]! : 0;
        }
      }
    }
  }
}
