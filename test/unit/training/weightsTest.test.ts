import { describe, expect, it } from "vitest";
import { WeightsComparison } from "../../../src/training/explanation/weightsTest";

const SHAPE = [6, 5, 4];
const map = (value: (i: number) => number) => Float32Array.from({ length: 120 }, (_, i) => value(i));
const rising = map((i) => i + 1);
/** As good as unrelated to where a voxel stands. */
const scattered = map((i) => ((i * 7919) % 121) - 60);

const outcomeOf = (...pairs: readonly (readonly [Float32Array, Float32Array])[]) => {
  const comparison = new WeightsComparison();
  for (const [trained, drawn] of pairs) comparison.add(trained, drawn, SHAPE);
  return comparison.outcome();
};

describe("the test with weights drawn anew", () => {
  it("says that a map which stays as it is does not depend on the weights", () => {
    expect(outcomeOf([rising, rising.map((value) => 2 * value)])).toMatchObject({ depends: false });
  });

  it("says so too where only the signs change: the strong voxels are the same", () => {
    expect(outcomeOf([rising, rising.map((value) => -value)])).toMatchObject({ depends: false });
  });

  it("says that a map which becomes another depends on them", () => {
    const outcome = outcomeOf([rising, scattered], [scattered, rising]);
    expect(outcome).toMatchObject({ samples: 2, depends: true });
    expect(Math.abs(outcome!.rank!)).toBeLessThan(0.3);
  });

  it("tells nothing of a map that is the same everywhere, and of none", () => {
    expect(outcomeOf([rising, map(() => 0)])).toMatchObject({ depends: null });
    expect(outcomeOf()).toBeUndefined();
  });
});
