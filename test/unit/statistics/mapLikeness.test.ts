import { describe, expect, it } from "vitest";
import { mapLikeness } from "../../../src/statistics/mapLikeness";
import { attributions, explained } from "../../support/saliencyFixture";

describe("mapLikeness", () => {
  it.each(explained.networks)("ranks as SciPy does: %s", (name) => {
    for (const node of explained.nodes) {
      const first = ({ data, shape }: ReturnType<typeof attributions>) =>
        data.slice(0, data.length / shape[0]!);
      const hidden = attributions(`${name}.occlusion.3.2.${node}`);
      const found = mapLikeness(
        first(hidden),
        first(attributions(`${name}.integrated.${node}`)),
        hidden.shape.slice(1),
      );
      const [rank, absoluteRank] = attributions(`${name}.ranks.${node}`).data;
      expect(found.rank).toBeCloseTo(rank!, 6);
      expect(found.absoluteRank).toBeCloseTo(absoluteRank!, 6);
    }
  });

  const ramp = Float32Array.from({ length: 1000 }, (_, i) => i - 499.5);

  it("does not mind the scale of a map, and sees that signs are turned", () => {
    const same = mapLikeness(
      ramp,
      ramp.map((value) => 3 * value),
      [10, 10, 10],
    );
    expect(same.rank).toBeCloseTo(1, 12);
    expect(same.similarity).toBeCloseTo(1, 6);
    const turned = mapLikeness(
      ramp,
      ramp.map((value) => -value),
      [10, 10, 10],
    );
    expect(turned.rank).toBeCloseTo(-1, 12);
    expect(turned.absoluteRank).toBeCloseTo(1, 12);
  });

  it("takes no agreement from voxels where both are 0", () => {
    const half = (sign: number) => ramp.map((value, i) => (i % 2 === 0 ? 0 : sign * value));
    expect(mapLikeness(half(1), half(-1), [10, 10, 10]).rank).toBeCloseTo(-1, 12);
  });

  it("has no rank correlation with a map that is the same everywhere", () => {
    const flat = mapLikeness(ramp, new Float32Array(1000), [10, 10, 10]);
    expect(flat).toMatchObject({ rank: null, absoluteRank: null });
  });
});
