/** From voxel indices to millimetres, chosen and computed as nibabel does. */
import { NIFTI1, type NIFTI2 } from "nifti-reader-js";

/** 4x4, row by row. */
export type Affine = readonly (readonly number[])[];

export const identityAffine: Affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];

/**
 * The affine of a header: sform when it has a code, else qform, else voxel sizes about the centre with x flipped
 * (nibabel's `get_best_affine`; nifti-reader-js prefers the larger code, hence the sform of NIfTI-1 is read here).
 */
export function headerAffine(header: NIFTI1 | NIFTI2, bytes: Uint8Array): Affine {
  if (header.sform_code !== 0) return header instanceof NIFTI1 ? sformOfNifti1(header, bytes) : header.affine;
  if (header.qform_code !== 0) return qform(header);
  return centred(header);
}

function sformOfNifti1(header: NIFTI1, bytes: Uint8Array): Affine {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const row = (i: number) =>
    [0, 1, 2, 3].map((j) => view.getFloat32(280 + 16 * i + 4 * j, header.littleEndian));
  return [row(0), row(1), row(2), [0, 0, 0, 1]];
}

/** Rotation of the quaternion (1 - b² - c² - d², b, c, d), times the voxel sizes, z negated when pixdim[0] is -1 (nifti1.h, method 2). */
function qform(header: NIFTI1 | NIFTI2): Affine {
  const { quatern_b: b, quatern_c: c, quatern_d: d } = header;
  const a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + d * d)));
  const scale = 2 / (a * a + b * b + c * c + d * d);
  const [x = 1, y = 1, z = 1] = header.pixDims.slice(1, 4);
  const zSigned = header.pixDims[0] === -1 ? -z : z;
  return [
    [
      (1 - scale * (c * c + d * d)) * x,
      scale * (b * c - a * d) * y,
      scale * (b * d + a * c) * zSigned,
      header.qoffset_x,
    ],
    [
      scale * (b * c + a * d) * x,
      (1 - scale * (b * b + d * d)) * y,
      scale * (c * d - a * b) * zSigned,
      header.qoffset_y,
    ],
    [
      scale * (b * d - a * c) * x,
      scale * (c * d + a * b) * y,
      (1 - scale * (b * b + c * c)) * zSigned,
      header.qoffset_z,
    ],
    [0, 0, 0, 1],
  ];
}

function centred(header: NIFTI1 | NIFTI2): Affine {
  const offset = (axis: number) => ((header.dims[axis]! - 1) / 2) * header.pixDims[axis]!;
  return [
    [-header.pixDims[1]!, 0, 0, offset(1)],
    [0, header.pixDims[2]!, 0, -offset(2)],
    [0, 0, header.pixDims[3]!, -offset(3)],
    [0, 0, 0, 1],
  ];
}
