import { describe, expect, it } from "vitest";
import { headCentre } from "../../../src/data/nifti/headCentre";
import type { Triple } from "../../../src/space/triple";

const shape: Triple = [20, 24, 18];
/** A ball of brightness 100 in air of up to 5. */
function ball(centre: Triple): Float32Array {
  const values = new Float32Array(shape[0] * shape[1] * shape[2]);
  for (let i = 0; i < values.length; i++) {
    const at = [Math.floor(i / (24 * 18)), Math.floor(i / 18) % 24, i % 18] as const;
    const distance = Math.hypot(...at.map((value, axis) => value - centre[axis as 0 | 1 | 2]));
    values[i] = distance < 6 ? 100 + (i % 7) : i % 6;
  }
  return values;
}

describe("the centre of the head", () => {
  it("is found beside the middle of the image, whatever the air and a few outliers are", () => {
    const values = ball([8, 13, 9]);
    values.set([1e6, 1e6, Number.NaN], 0);
    const [x, y, z] = headCentre(values, shape)!;
    expect(x).toBeCloseTo(8, 1);
    expect(y).toBeCloseTo(13, 1);
    expect(z).toBeCloseTo(9, 1);
  });

  it("is nowhere in an image without contrast", () => {
    expect(headCentre(new Float32Array(8).fill(3), [2, 2, 2])).toBeNull();
  });
});
