/** The affine of a NIfTI header, chosen and computed as nibabel does when it opens a file. */
import { type Affine, affineOfColumns } from "./affine";
import { type Triple, tripleOf } from "./triple";

/** What a header says about space; names and meaning are those of nifti1.h. */
export interface NiftiSpaceFields {
  readonly sformCode: number;
  /** `srow_x`, `srow_y`, `srow_z`: three rows of four. */
  readonly sform: readonly (readonly number[])[];
  readonly qformCode: number;
  /** `quatern_b`, `quatern_c`, `quatern_d`. */
  readonly quaternion: Triple;
  /** `qoffset_x`, `qoffset_y`, `qoffset_z`. */
  readonly offset: Triple;
  /** `pixdim`: qfac, then the size of a voxel along each axis. */
  readonly pixdim: readonly number[];
  /** `dim`: the number of axes, then the length of each. */
  readonly dim: readonly number[];
}

/** Names of nifti1.h's codes of sform and qform; "" for 0, which says that the form means nothing. */
const MEANINGS = ["", "scanner", "aligned", "Talairach", "MNI152", "template"];

/** Which transformation of a header is its affine. */
export interface ChosenForm {
  readonly form: "sform" | "qform" | "none";
  /** The space that its coordinates are of; "" for none. */
  readonly meaning: string;
}

/** The sform when it has a code, else the qform; nibabel takes a code that the standard does not know for 0. */
export function chosenForm({
  sformCode,
  qformCode,
}: Pick<NiftiSpaceFields, "sformCode" | "qformCode">): ChosenForm {
  const sform = MEANINGS[sformCode] ?? "";
  const qform = MEANINGS[qformCode] ?? "";
  if (sform !== "") return { form: "sform", meaning: sform };
  return qform === "" ? { form: "none", meaning: "" } : { form: "qform", meaning: qform };
}

/** Whether nifti1.h gives a code of a form a meaning; 0 means that the form says nothing. */
export const isKnownCode = (code: number): boolean => MEANINGS[code] !== undefined;

/** nibabel's `get_best_affine`: `chosenForm`, else voxel sizes about the centre with x flipped. */
export function niftiAffine(fields: NiftiSpaceFields): Affine {
  switch (chosenForm(fields).form) {
    case "sform":
      return sformAffine(fields);
    case "qform":
      return qformAffine(fields);
    case "none":
      return centred(fields);
  }
}

/** Sizes along x, y, z as nibabel mends them: a negative one loses its sign, 0 becomes 1; an axis that is not counted has 1. */
export const niftiVoxelSize = ({ pixdim, dim }: Pick<NiftiSpaceFields, "pixdim" | "dim">): Triple =>
  tripleOf((axis) => (axis < (dim[0] ?? 0) ? Math.abs(pixdim[axis + 1] ?? 1) || 1 : 1));

/** The sform, whatever its code. */
export const sformAffine = ({ sform }: Pick<NiftiSpaceFields, "sform">): Affine => [...sform, [0, 0, 0, 1]];

/**
 * The qform, whatever its code.
 *
 * Rotation of the unit quaternion (a, b, c, d) with a = sqrt(1 - b² - c² - d²), times the voxel sizes; z is negated when qfac is -1
 * (nifti1.h, method 2; nibabel takes any other qfac for 1). Where b² + c² + d² is more than 1, a is 0 and the quaternion is made
 * a unit one, as nifti1_io does.
 */
export function qformAffine(fields: NiftiSpaceFields): Affine {
  const [b, c, d] = fields.quaternion;
  const a = Math.sqrt(Math.max(0, 1 - (b * b + c * c + d * d)));
  const scale = 2 / (a * a + b * b + c * c + d * d);
  const [x, y, size] = niftiVoxelSize(fields);
  const z = fields.pixdim[0] === -1 ? -size : size;
  return affineOfColumns(
    [
      [(1 - scale * (c * c + d * d)) * x, scale * (b * c + a * d) * x, scale * (b * d - a * c) * x],
      [scale * (b * c - a * d) * y, (1 - scale * (b * b + d * d)) * y, scale * (c * d + a * b) * y],
      [scale * (b * d + a * c) * z, scale * (c * d - a * b) * z, (1 - scale * (b * b + c * c)) * z],
    ],
    fields.offset,
  );
}

/** nibabel's `shape_zoom_affine`: the middle of the image is the origin. */
function centred(fields: NiftiSpaceFields): Affine {
  const [x, y, z] = niftiVoxelSize(fields);
  const middle = tripleOf((axis) =>
    axis < (fields.dim[0] ?? 0) ? ((fields.dim[axis + 1] ?? 1) - 1) / 2 : 0,
  );
  return affineOfColumns(
    [
      [-x, 0, 0],
      [0, y, 0],
      [0, 0, z],
    ],
    [middle[0] * x, -middle[1] * y, -middle[2] * z],
  );
}
