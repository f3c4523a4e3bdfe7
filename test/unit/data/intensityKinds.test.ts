import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { gridOf } from "../../../src/data/augmentation/grid";
import type { AugmentationKind } from "../../../src/data/augmentation/kind";
import { biasField } from "../../../src/data/augmentation/kinds/biasField";
import { blur } from "../../../src/data/augmentation/kinds/blur";
import { brightness } from "../../../src/data/augmentation/kinds/brightness";
import { contrast } from "../../../src/data/augmentation/kinds/contrast";
import { erasing } from "../../../src/data/augmentation/kinds/erasing";
import { gamma } from "../../../src/data/augmentation/kinds/gamma";
import { ghosting } from "../../../src/data/augmentation/kinds/ghosting";
import { motion } from "../../../src/data/augmentation/kinds/motion";
import { noise } from "../../../src/data/augmentation/kinds/noise";
import { spike } from "../../../src/data/augmentation/kinds/spike";
import { swap } from "../../../src/data/augmentation/kinds/swap";
import { meanAndDeviation, spanOf } from "../../../src/data/augmentation/valueFacts";
import { RandomGenerator } from "../../../src/network/weights/random";
import { identityAffine } from "../../../src/space/affine";
import { AXES, type Triple, tripleOf } from "../../../src/space/triple";

interface Expected {
  readonly result: readonly number[];
}
const fixture: {
  readonly shape: Triple;
  readonly voxel_size: Triple;
  readonly x: readonly number[];
  readonly gamma: Expected & { readonly gamma: number };
  readonly gamma_inverted: Expected & { readonly gamma: number };
  readonly bias_field: Expected & { readonly order: number; readonly coefficients: readonly number[] };
  readonly bias_field_of_order_2: Expected & {
    readonly order: number;
    readonly coefficients: readonly number[];
  };
  readonly blur: Expected & { readonly millimetres: Triple };
  readonly ghosting: Expected & {
    readonly ghosts: number;
    readonly axis: number;
    readonly intensity: number;
  };
  readonly spike: Expected & { readonly intensity: number; readonly index: Triple };
  readonly contrast: Expected & { readonly factor: number };
  readonly motion: Expected & { readonly axis: number; readonly time: number; readonly translation: Triple };
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/augmentation/kinds.json"), "utf8"));

const grid = gridOf([1, ...fixture.shape]);
const slice = gridOf([3, 14, 12]);
const voxelSize = fixture.voxel_size;
const frame = { affine: identityAffine, worldAxes: AXES };
const image = { grid, voxelSize, ...frame };
const volume = () => Float32Array.from(fixture.x);
const random = (seed = 1) => new RandomGenerator(seed);

/** What a kind makes of the volume of the fixture. */
function made<Drawn>({ apply }: AugmentationKind<never, Drawn>, drawn: NoInfer<Drawn>): Float32Array {
  const values = volume();
  apply(values, grid, drawn);
  return values;
}

function close(actual: Float32Array, { result }: Expected): void {
  expect(actual).toHaveLength(result.length);
  for (const [i, value] of result.entries()) expect(actual[i]).toBeCloseTo(value, 5);
}

describe("with fixed parameters, the numbers of torchio and numpy", () => {
  it("gamma", () => {
    const drawn = { kind: "gamma", inverted: false, keepsStatistics: false } as const;
    close(made(gamma, { ...drawn, gamma: fixture.gamma.gamma }), fixture.gamma);
    const { gamma: power } = fixture.gamma_inverted;
    close(made(gamma, { ...drawn, inverted: true, gamma: power }), fixture.gamma_inverted);
  });

  it.each(["bias_field", "bias_field_of_order_2"] as const)("%s", (name) => {
    const { order, coefficients } = fixture[name];
    close(made(biasField, { kind: "bias_field", order, coefficients }), fixture[name]);
  });

  it("blur, of millimetres", () => {
    const { millimetres } = fixture.blur;
    const sigma = tripleOf((axis) => millimetres[axis] / voxelSize[axis]);
    close(made(blur, { kind: "blur", sigma }), fixture.blur);
  });

  it("ghosting", () => {
    const { ghosts, axis, intensity } = fixture.ghosting;
    close(made(ghosting, { kind: "ghosting", ghosts, axis, intensity, centre: 0 }), fixture.ghosting);
  });

  it("spike", () => {
    const { intensity, index } = fixture.spike;
    const frequency = tripleOf((axis) => index[axis] - Math.floor(grid.size[axis] / 2));
    close(made(spike, { kind: "spike", intensity, frequencies: [frequency] }), fixture.spike);
  });

  it("contrast", () => {
    close(made(contrast, { kind: "contrast", factor: fixture.contrast.factor }), fixture.contrast);
  });

  it("motion: pieces of k-space from a moved head", () => {
    const { axis, time, translation } = fixture.motion;
    const positions = [{ degrees: [0, 0, 0], translation }] as const;
    close(made(motion, { kind: "motion", axis, times: [time], positions, voxelSize }), fixture.motion);
  });
});

describe("without strength, nothing changes", () => {
  const still = { degrees: [0, 0, 0], translation: [0, 0, 0] } as const;
  const results: Readonly<Record<string, Float32Array>> = {
    gamma: made(gamma, { kind: "gamma", gamma: 1, inverted: true, keepsStatistics: true }),
    gaussian: made(noise, { kind: "noise", distribution: "gaussian", std: 0, seed: 1 }),
    rician: made(noise, { kind: "noise", distribution: "rician", std: 0, seed: 1 }),
    blur: made(blur, { kind: "blur", sigma: [0, 0, 0] }),
    bias_field: made(biasField, { kind: "bias_field", order: 1, coefficients: [0, 0, 0, 0] }),
    ghosting: made(ghosting, { kind: "ghosting", ghosts: 2, axis: 0, intensity: 0, centre: 0 }),
    motion: made(motion, { kind: "motion", axis: 1, times: [0.7], positions: [still], voxelSize }),
    spike: made(spike, { kind: "spike", intensity: 0, frequencies: [[1, 2, 3]] }),
    contrast: made(contrast, { kind: "contrast", factor: 1 }),
    brightness: made(brightness, { kind: "brightness", factor: 1, offset: 0 }),
    erasing: made(erasing, { kind: "erasing", cuboids: [], fill: 0 }),
    swap: made(swap, { kind: "swap", size: [2, 2, 2], exchanges: [] }),
  };
  it.each(Object.keys(results))("%s", (name) => {
    for (const [i, value] of fixture.x.entries()) expect(results[name]![i]).toBeCloseTo(value, 5);
  });
});

describe("gamma", () => {
  it("keeps the range, whatever it is", () => {
    const values = Float32Array.from([-3, 0, 1, 5]);
    gamma.apply(values, gridOf([1, 4, 1, 1]), {
      kind: "gamma",
      gamma: 2,
      inverted: false,
      keepsStatistics: false,
    });
    expect([...values]).toEqual([-3, -1.875, -1, 5]);
  });

  it("keeps mean and standard deviation where that is asked for", () => {
    const drawn = { kind: "gamma", gamma: 0.6, inverted: false, keepsStatistics: true } as const;
    const [before, after] = [meanAndDeviation(volume()), meanAndDeviation(made(gamma, drawn))];
    expect(after.mean).toBeCloseTo(before.mean, 5);
    expect(after.deviation).toBeCloseTo(before.deviation, 5);
  });

  it("draws as often below 1 as above it", () => {
    const generator = random();
    const settings = { gamma: [0.7, 1.5], invert: 0.25, keep_statistics: false } as const;
    const draws = Array.from({ length: 4000 }, () => gamma.draw(settings, image, generator));
    const below = draws.filter(({ gamma: drawn }) => drawn < 1).length / draws.length;
    expect(Math.abs(below - 0.5)).toBeLessThan(0.03);
    expect(Math.abs(draws.filter(({ inverted }) => inverted).length / draws.length - 0.25)).toBeLessThan(
      0.03,
    );
    expect(draws.every(({ gamma: drawn }) => drawn >= 0.7 && drawn < 1.5)).toBe(true);
  });

  it("leaves a constant input alone", () => {
    const values = new Float32Array(8).fill(2);
    gamma.apply(values, gridOf([1, 2, 2, 2]), {
      kind: "gamma",
      gamma: 2,
      inverted: true,
      keepsStatistics: true,
    });
    expect(values).toEqual(new Float32Array(8).fill(2));
  });
});

describe("noise", () => {
  const many = gridOf([1, 40, 40, 25]);
  const noisy = (distribution: "gaussian" | "rician", level: number, std: number) => {
    const values = new Float32Array(40_000).fill(level);
    // The smallest value, from which Rician noise counts.
    values[0] = 0;
    noise.apply(values, many, { kind: "noise", distribution, std, seed: 5 });
    return meanAndDeviation(values.subarray(1));
  };

  it("Gaussian: adds nothing on average, and the deviation that was drawn", () => {
    const { mean, deviation } = noisy("gaussian", 2, 0.1);
    expect(Math.abs(mean - 2)).toBeLessThan(0.003);
    expect(Math.abs(deviation / 0.1 - 1)).toBeLessThan(0.02);
  });

  it("Rician: Rayleigh's distribution where there is no signal", () => {
    const { mean, deviation } = noisy("rician", 0, 0.1);
    expect(mean / 0.1).toBeCloseTo(Math.sqrt(Math.PI / 2), 1);
    expect(deviation / 0.1).toBeCloseTo(Math.sqrt(2 - Math.PI / 2), 1);
  });

  it("Rician: the second moment grows by twice the variance", () => {
    const { mean, deviation } = noisy("rician", 0.3, 0.2);
    expect(Math.abs((mean ** 2 + deviation ** 2) / (0.3 ** 2 + 2 * 0.2 ** 2) - 1)).toBeLessThan(0.02);
  });
});

describe("brightness", () => {
  it("multiplies and adds", () => {
    const values = Float32Array.from([1, 2, -4, 0]);
    brightness.apply(values, gridOf([1, 4, 1, 1]), { kind: "brightness", factor: 1.5, offset: 0.25 });
    expect([...values]).toEqual([1.75, 3.25, -5.75, 0.25]);
  });
});

describe("contrast", () => {
  it("keeps the range of the values", () => {
    const after = spanOf(made(contrast, { kind: "contrast", factor: 3 }));
    expect(after).toEqual({ min: 0, max: 1 });
  });
});

describe("erasing", () => {
  const settings = { cuboids: [1, 3], size: [0.2, 0.5], fill: "minimum" } as const;

  it("draws cuboids of these parts of each axis, inside the input", () => {
    for (let seed = 0; seed < 200; seed++) {
      const { cuboids } = erasing.draw(settings, image, random(seed));
      expect([1, 2, 3]).toContain(cuboids.length);
      for (const { corner, size } of cuboids) {
        for (const axis of [0, 1, 2] as const) {
          const part = size[axis] / grid.size[axis];
          expect(Math.abs(part - 0.35)).toBeLessThanOrEqual(0.15 + 0.5 / grid.size[axis]);
          expect(corner[axis]).toBeGreaterThanOrEqual(0);
          expect(corner[axis] + size[axis]).toBeLessThanOrEqual(grid.size[axis]);
        }
      }
    }
  });

  it.each([
    ["minimum", 0],
    ["mean", meanAndDeviation(volume()).mean],
    [0.25, 0.25],
  ] as const)("fills with %s", (fill, value) => {
    const cuboid = { corner: [1, 2, 3], size: [3, 2, 1] } as const;
    const values = made(erasing, { kind: "erasing", cuboids: [cuboid], fill });
    const changed = [...values.keys()].filter((i) => values[i] !== Math.fround(fixture.x[i]!));
    expect(changed).toHaveLength(6);
    for (const voxel of changed) expect(values[voxel]).toBeCloseTo(value, 5);
    expect(changed[0]).toBe((1 * 8 + 2) * 7 + 3);
  });
});

describe("swap", () => {
  it("moves values and loses none, where the places are apart", () => {
    const exchanges = [
      [
        [0, 0, 0],
        [5, 4, 3],
      ],
    ] as const;
    const values = made(swap, { kind: "swap", size: [3, 3, 3], exchanges });
    expect(Float32Array.from(values).sort()).toEqual(volume().sort());
    expect(values[0]).toBe(Math.fround(fixture.x[(5 * 8 + 4) * 7 + 3]!));
  });
});

describe("motion", () => {
  it("draws as many movements as asked for, around even shares of the time", () => {
    const settings = { degrees: [-10, 10], translation: [-10, 10], movements: 3 } as const;
    for (let seed = 0; seed < 50; seed++) {
      const { times, positions } = motion.draw(settings, image, random(seed));
      expect(positions).toHaveLength(3);
      for (const [i, time] of times.entries())
        expect(Math.abs(time - (i + 1) / 4)).toBeLessThanOrEqual(0.075);
      for (const { degrees, translation } of positions) {
        expect(degrees.every((angle) => Math.abs(angle) <= 10)).toBe(true);
        for (const axis of [0, 1, 2] as const)
          expect(Math.abs(translation[axis] * voxelSize[axis])).toBeLessThanOrEqual(10);
      }
    }
  });

  it("turns and moves a slice in its plane", () => {
    const settings = { degrees: [-10, 10], translation: [-10, 10], movements: 1 } as const;
    const drawn = motion.draw(settings, { grid: slice, voxelSize: [1, 1, 1], ...frame }, random());
    const [position] = drawn.positions;
    expect(position?.degrees.slice(0, 2)).toEqual([0, 0]);
    expect(position?.translation[2]).toBe(0);
  });
});

describe("what is drawn", () => {
  const on = [image, { grid: slice, voxelSize: [1, 1, 1] as const, ...frame }];
  const kinds: Readonly<
    Record<string, (seed: number, at: (typeof on)[number]) => readonly [unknown, Float32Array]>
  > = {
    gamma: drawing(gamma, { gamma: [0.7, 1.5], invert: 0.5, keep_statistics: false }),
    gaussian: drawing(noise, { distribution: "gaussian", std: [0, 0.1] }),
    rician: drawing(noise, { distribution: "rician", std: [0, 0.1] }),
    blur: drawing(blur, { sigma: [0, 2] }),
    bias_field: drawing(biasField, { coefficients: [-0.5, 0.5], order: 3 }),
    ghosting: drawing(ghosting, { ghosts: [4, 10], intensity: [0.5, 1], centre: 0.02 }),
    motion: drawing(motion, { degrees: [-10, 10], translation: [-10, 10], movements: 2 }),
    spike: drawing(spike, { spikes: [1, 2], intensity: [1, 3] }),
    contrast: drawing(contrast, { factor: [0.75, 1.25] }),
    brightness: drawing(brightness, { factor: [0.75, 1.25], offset: [0, 0] }),
    erasing: drawing(erasing, { cuboids: [1, 1], size: [0.1, 0.3], fill: 0 }),
    swap: drawing(swap, { size: 3, exchanges: 5 }),
  };
  function drawing<Settings, Drawn>(kind: AugmentationKind<Settings, Drawn>, settings: Settings) {
    return (seed: number, at: (typeof on)[number]) => {
      const drawn = kind.draw(settings, at, random(seed));
      const values = Float32Array.from({ length: 504 }, (_, i) => fixture.x[i]!);
      kind.apply(values, at.grid, drawn);
      return [drawn, values] as const;
    };
  }

  it.each(Object.keys(kinds))("%s: the seed decides alone, and it is plain data", (name) => {
    const kind = kinds[name]!;
    for (const at of on) {
      const [drawn, values] = kind(3, at);
      expect(kind(3, at)).toEqual([drawn, values]);
      expect(structuredClone(drawn)).toEqual(drawn);
      expect(values.every(Number.isFinite)).toBe(true);
      expect(new Set([1, 2, 3, 4].map((seed) => kind(seed, at)[1].join())).size).toBe(4);
    }
  });
});
