import { describe, expect, it } from "vitest";
import type { Affine } from "../../../src/space/affine";
import { axisCodes, handednessOf, orientationOf, orientationOfCodes } from "../../../src/space/orientation";

/** The affine whose voxel axes point so, sizes 1, 2 and 3 mm. */
function pointing(codes: string): Affine {
  const orientation = orientationOfCodes(codes)!;
  return [0, 1, 2, 3].map((row) =>
    [0, 1, 2, 3].map((column) => {
      if (row === 3 || column === 3) return row === column ? 1 : 0;
      const { world, positive } = orientation[column as 0 | 1 | 2];
      return world === row ? (positive ? column + 1 : -column - 1) : 0;
    }),
  );
}

const ALL = ["RAS", "RSA", "ARS", "ASR", "SRA", "SAR"].flatMap((order) =>
  [0, 1, 2, 3, 4, 5, 6, 7].map((signs) =>
    [...order]
      .map((letter, axis) => ((signs >> axis) & 1 ? { R: "L", A: "P", S: "I" }[letter]! : letter))
      .join(""),
  ),
);

describe("orientation", () => {
  it("tells all forty-eight apart", () => {
    expect(new Set(ALL).size).toBe(48);
    for (const codes of ALL) expect(axisCodes(orientationOf(pointing(codes)))).toBe(codes);
  });

  it("gives a world axis that two voxel axes follow to the first of them, as nibabel does", () => {
    const sheared: Affine = [
      [0.9, 0.8, 0, 0],
      [0.1, 0.6, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    expect(axisCodes(orientationOf(sheared))).toBe("RAS");
  });

  it("reads no orientation from letters that are not one of each pair", () => {
    for (const codes of ["RRS", "RLS", "RA", "RASI", "XYZ", "ras"])
      expect(orientationOfCodes(codes)).toBeNull();
  });
});

describe("handedness", () => {
  it("is that of the world for RAS and its mirror image for LAS", () => {
    expect(["RAS", "LPS", "PSR", "LAS", "RPS"].map((codes) => handednessOf(pointing(codes)))).toEqual([
      "right",
      "right",
      "left",
      "left",
      "left",
    ]);
  });

  it("is not known without directions", () => {
    expect(handednessOf(pointing("RAS").map((row) => row.map(() => 0)))).toBeNull();
  });
});
