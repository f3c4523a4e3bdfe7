import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { toVoxel, toWorld } from "../../../src/space/affine";
import { axisCodes } from "../../../src/space/orientation";
import { sayWorld, spaceOf } from "../../../src/space/space";
import type { Triple } from "../../../src/space/triple";

interface Case {
  readonly affine: number[][];
  readonly codes: string;
  readonly spacing: number[];
  readonly obliquity: number;
  readonly voxel: Triple;
  readonly world: number[];
}
const { cases }: { cases: Case[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/webview/orientation.json"), "utf8"),
);
const one: Triple = [1, 1, 1];

describe("the space of an affine", () => {
  it.each(cases.map((one) => [one.codes, one] as const))("is what nibabel says: %s", (_, expected) => {
    const space = spaceOf(expected.affine, one);
    expect(space.known).toBe(true);
    expect(axisCodes(space.orientation)).toBe(expected.codes);
    for (const axis of [0, 1, 2] as const) {
      expect(space.spacing[axis]).toBeCloseTo(expected.spacing[axis]!, 5);
      expect(toWorld(space.affine, expected.voxel)[axis]).toBeCloseTo(expected.world[axis]!, 3);
      expect(toVoxel(space.affine, toWorld(space.affine, expected.voxel))[axis]).toBeCloseTo(
        expected.voxel[axis],
        6,
      );
    }
    expect(space.obliquity).toBeCloseTo(expected.obliquity, 3);
  });

  it("says no direction when the affine has none, and takes the voxel sizes of the header", () => {
    const nothing = [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ];
    const flat = [
      [1, 0, 1, 0],
      [0, 1, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const notNumbers = nothing.map((row) => row.map(() => Number.NaN));
    for (const affine of [nothing, flat, notNumbers]) {
      const space = spaceOf(affine, [2, 0, 3]);
      expect(space).toMatchObject({ known: false, spacing: [2, 1, 3], obliquity: 0 });
      expect(sayWorld(space, [1, 2, 3])).toEqual([]);
    }
  });

  it("says where a voxel is in words of the body", () => {
    const space = spaceOf(
      [
        [-2, 0, 0, 32],
        [0, 2, 0, -40],
        [0, 0, 2.5, -16],
        [0, 0, 0, 1],
      ],
      one,
    );
    expect(sayWorld(space, [20, 10, 7])).toEqual([
      { millimetres: 8, letter: "L" },
      { millimetres: 20, letter: "P" },
      { millimetres: 1.5, letter: "S" },
    ]);
  });
});
