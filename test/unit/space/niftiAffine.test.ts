import { describe, expect, it } from "vitest";
import { determinant } from "../../../src/space/affine";
import {
  chosenForm,
  type NiftiSpaceFields,
  niftiAffine,
  niftiVoxelSize,
} from "../../../src/space/niftiAffine";

const sform = [
  [2, 0, 0, -10],
  [0, 3, 0, -20],
  [0, 0, 4, -30],
];
/** A quarter turn about z, voxels of 1 x 2 x 3 mm. */
const fields: NiftiSpaceFields = {
  sformCode: 0,
  sform,
  qformCode: 1,
  quaternion: [0, 0, Math.SQRT1_2],
  offset: [5, 6, 7],
  pixdim: [1, 1, 2, 3],
  dim: [3, 11, 21, 31],
};

describe("which form of a header counts", () => {
  it.each([
    { sformCode: 1, qformCode: 4, form: "sform", meaning: "scanner" },
    { sformCode: 4, qformCode: 0, form: "sform", meaning: "MNI152" },
    { sformCode: 0, qformCode: 2, form: "qform", meaning: "aligned" },
    { sformCode: 0, qformCode: 0, form: "none", meaning: "" },
    { sformCode: 9, qformCode: 1, form: "qform", meaning: "scanner" },
    { sformCode: -1, qformCode: 17, form: "none", meaning: "" },
  ])("codes $sformCode and $qformCode: $form", ({ form, meaning, ...codes }) => {
    expect(chosenForm(codes)).toEqual({ form, meaning });
  });
});

describe("the affine of a header", () => {
  it("is the sform as it stands", () => {
    expect(niftiAffine({ ...fields, sformCode: 2 })).toEqual([...sform, [0, 0, 0, 1]]);
  });

  it("is rotation, voxel sizes and offset of the qform", () => {
    const expected = [
      [0, -2, 0, 5],
      [1, 0, 0, 6],
      [0, 0, 3, 7],
      [0, 0, 0, 1],
    ];
    for (const [i, row] of niftiAffine(fields).entries()) {
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(expected[i]![j]!, 12);
    }
  });

  it.each([
    { qfac: 1, sign: 1 },
    { qfac: -1, sign: -1 },
    { qfac: 0, sign: 1 },
    { qfac: -2, sign: 1 },
  ])("turns z round for a qfac of -1 alone: $qfac", ({ qfac, sign }) => {
    const affine = niftiAffine({ ...fields, pixdim: [qfac, 1, 2, 3] });
    expect(determinant(affine)).toBeCloseTo(sign * 6, 12);
    expect(affine[2]![2]).toBeCloseTo(sign * 3, 12);
  });

  it("takes a quaternion that is a little too long for a unit one", () => {
    const affine = niftiAffine({ ...fields, quaternion: [0, 0, 1 + 1e-6] });
    expect(determinant(affine)).toBeCloseTo(6, 12);
  });

  it("puts the middle of an image without a form at the origin, x to the left", () => {
    expect(niftiAffine({ ...fields, qformCode: 0 })).toEqual([
      [-1, 0, 0, 5],
      [0, 2, 0, -20],
      [0, 0, 3, -45],
      [0, 0, 0, 1],
    ]);
  });

  it("knows axes that are not counted as one voxel of one millimetre", () => {
    expect(niftiAffine({ ...fields, qformCode: 0, dim: [2, 11, 21, 0], pixdim: [1, 1, 2, 0] })).toEqual([
      [-1, 0, 0, 5],
      [0, 2, 0, -20],
      [0, 0, 1, -0],
      [0, 0, 0, 1],
    ]);
  });

  it("mends voxel sizes that cannot be", () => {
    expect(niftiVoxelSize({ pixdim: [1, -2, 0, 3], dim: [3, 4, 4, 4] })).toEqual([2, 1, 3]);
  });
});
