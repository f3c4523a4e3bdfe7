/** What is odd in what a header says about space: nibabel mends or passes over all of it without a word, and so does `niftiAffine`. */
import { isInvertible, toVoxel, toWorld } from "./affine";
import { cornersOf } from "./grid";
import { isKnownCode, type NiftiSpaceFields, niftiAffine, qformAffine, sformAffine } from "./niftiAffine";
import { AXES, tripleOf } from "./triple";

export const HEADER_ODDITIES = [
  /** Neither sform nor qform has a code: voxel sizes about the centre are taken, x pointing left. */
  "no-form",
  /** sform and qform both have a code and put voxels in different places: the sform is taken. */
  "forms-differ",
  /** A code that the standard does not know, negative for instance: taken for none. */
  "form-code",
  /** A voxel size is negative: its sign is left out. */
  "negative-size",
  /** A voxel size is 0: 1 is taken. */
  "zero-size",
  /** A voxel size is no number: 1 is taken, where nibabel keeps the NaN. */
  "size-no-number",
  /** The affine that was chosen gives no directions: an axis is lost, or it holds what is no number. */
  "affine",
] as const;
export type HeaderOddity = (typeof HEADER_ODDITIES)[number];

/** In the order of `HEADER_ODDITIES`. */
export function headerOddities(fields: NiftiSpaceFields): HeaderOddity[] {
  const { sformCode, qformCode, pixdim, dim } = fields;
  const [hasSform, hasQform] = [isSet(sformCode), isSet(qformCode)];
  const sizes = AXES.filter((axis) => axis < (dim[0] ?? 0)).map((axis) => pixdim[axis + 1] ?? 1);
  const holds: Readonly<Record<HeaderOddity, boolean>> = {
    "no-form": !hasSform && !hasQform,
    "forms-differ": hasSform && hasQform && differ(fields),
    "form-code": !isKnownCode(sformCode) || !isKnownCode(qformCode),
    "negative-size": sizes.some((size) => size < 0),
    "zero-size": sizes.some((size) => size === 0),
    "size-no-number": sizes.some(Number.isNaN),
    affine: !isInvertible(niftiAffine(fields)),
  };
  return HEADER_ODDITIES.filter((oddity) => holds[oddity]);
}

const isSet = (code: number) => isKnownCode(code) && code !== 0;

/**
 * Voxels. The float32 quaternion of a qform that turns by 180 degrees is exact to a tenth of a voxel at the edge of an image: what is
 * nearer than this is the same place.
 */
const APART = 0.5;

/** Whether some corner of the image is in one place by the sform and in another one by the qform. */
function differ(fields: NiftiSpaceFields): boolean {
  const [sform, qform] = [sformAffine(fields), qformAffine(fields)];
  if (!isInvertible(sform) || !isInvertible(qform)) return false;
  return cornersOf(shapeOf(fields)).some((corner) => {
    const other = toVoxel(sform, toWorld(qform, corner));
    return AXES.some((axis) => Math.abs(other[axis] - corner[axis]) > APART);
  });
}

const shapeOf = ({ dim }: Pick<NiftiSpaceFields, "dim">) =>
  tripleOf((axis) => Math.max(1, dim[axis + 1] ?? 1));
