import { describe, expect, it } from "vitest";
import { ArchitectureError } from "../../../src/network/architectureError";
import { joinedShape } from "../../../src/network/definition/joining";
import type { Join } from "../../../src/network/definition/layerDefinition";

const join = (kind: Join, ...shapes: readonly (readonly number[])[]) =>
  joinedShape(
    kind,
    shapes.map((shape, index) => ({ name: `branch ${index}`, shape })),
    {
      shape: [1, 2, 2],
      refuse(problem, remedy) {
        throw new ArchitectureError("joined", problem, remedy);
      },
    },
  );

describe("joinedShape", () => {
  it("adds and multiplies ends of one shape", () => {
    expect(join("add", [3, 4, 5], [3, 4, 5])).toEqual([3, 4, 5]);
    expect(join("multiply", [3, 4, 5], [3, 4, 5])).toEqual([3, 4, 5]);
  });

  it("multiplies each channel by a factor of its own", () => {
    expect(join("multiply", [3, 4, 5], [3, 1, 1])).toEqual([3, 4, 5]);
  });

  it("puts channels one after the other", () => {
    expect(join("concatenate", [3, 4, 5], [2, 4, 5], [1, 4, 5])).toEqual([6, 4, 5]);
  });

  it("refuses ends that do not fit, and names their branches", () => {
    expect(() => join("add", [3, 4, 5], [3, 1, 1])).toThrow(
      "its branch 0 gives 3@4x5 and its branch 1 3@1x1, which cannot be added. Make both of one shape",
    );
    expect(() => join("multiply", [3, 4, 5], [2, 1, 1])).toThrow("which cannot be multiplied");
    expect(() => join("concatenate", [3, 4, 5], [3, 4, 4])).toThrow("cannot be put one after the other");
  });
});
