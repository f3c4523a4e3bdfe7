import { describe, expect, it } from "vitest";
import { type InputSettings, networkInput, type Voxels } from "../../../src/data/batches/networkInput";
import { extentOf } from "../../../src/data/batches/normalise";
import { applyScale, compactVoxels, type Scale } from "../../../src/data/nifti/compactVoxels";
import { type Cut, partNumbers, partShape } from "../../../src/data/parts/parts";
import { RandomGenerator } from "../../../src/network/weights/random";

const identity = { slope: 1, intercept: 0 };

/** `stored` with the scale applied, as an image is read. */
function read(stored: readonly number[], scale: Scale): Float32Array {
  const values = Float32Array.from(stored);
  applyScale(values, scale);
  return values;
}

const bitsOf = (values: Float32Array) => [...new Uint32Array(Float32Array.from(values).buffer)];

function restored(values: Float32Array, scale: Scale): Float32Array | null {
  const compact = compactVoxels(values, scale, extentOf(values));
  if (compact === null) return null;
  const back = new Float32Array(compact.data);
  if (compact.scale !== null) applyScale(back, compact.scale);
  return back;
}

const everyInt16 = Array.from({ length: 65_536 }, (_, i) => i - 32_768);

describe("volumes in memory", () => {
  it.each([
    ["as they are", 1, 0],
    ["a scale that is no float32", 0.1, -1000.3],
    ["a scale that rounds two numbers to one", 1e-12, 1e6],
    ["a negative slope", -0.37, 12],
    ["a large one", 1e30, 3],
  ])("give back every int16 to the bit: %s", (_, slope, intercept) => {
    const values = read(everyInt16, { slope, intercept });
    const back = restored(values, { slope, intercept });
    expect(back).not.toBeNull();
    expect(bitsOf(back!)).toEqual(bitsOf(values));
  });

  it("take the smallest type that holds them", () => {
    const typeOf = (stored: readonly number[], scale: Scale = identity) => {
      const values = read(stored, scale);
      return compactVoxels(values, scale, extentOf(values))?.data.constructor.name;
    };
    expect(typeOf([0, 255])).toBe("Uint8Array");
    expect(typeOf([-128, 127])).toBe("Int8Array");
    expect(typeOf([0, 256])).toBe("Uint16Array");
    expect(typeOf([-1, 256])).toBe("Int16Array");
    expect(typeOf([0, 65_535], { slope: 0.25, intercept: 7 })).toBe("Uint16Array");
    expect(typeOf([-1, 65_535])).toBeUndefined();
  });

  it.each([
    ["decimals", [0, 1, 2.5]],
    ["a negative zero", [0, 1, -0]],
    ["NaN", [0, 1, Number.NaN]],
    ["an infinity", [0, 1, Number.POSITIVE_INFINITY]],
    ["a wide range", [0, 1, 70_000]],
  ])("stay as they are where whole numbers do not give them: %s", (_, values) => {
    expect(restored(Float32Array.from(values), identity)).toBeNull();
  });
});

describe("inputs cut from volumes in memory", () => {
  const size = [7, 6, 5] as const;
  const random = new RandomGenerator(3);
  const stored = Array.from({ length: 210 }, () => Math.floor(4000 * random.uniform()) - 500);
  const scale = { slope: 0.013, intercept: -4.7 };
  const values = read(stored, scale);
  const planes = [
    [1, 2, 4],
    [0, 5],
    [2, 3, 4],
  ] as const;
  const mask = Uint8Array.from({ length: 18 }, (_, i) => i % 2);
  const cuts: Record<string, Cut> = {
    image: { mode: "image" },
    patches: { mode: "patch", size: 3, stride: 2, counts: [3, 2, 2] },
    "slices of three channels": { mode: "slice", direction: 1, channels: 3, first: 1, count: 4 },
    regions: { mode: "roi", regions: [{ name: "left", planes, mask }] },
  };

  it.each(Object.entries(cuts))("are those of the values, to the bit: %s", (_, cut) => {
    const settings: InputSettings = {
      imageSize: size,
      space: { orientation: "stored" },
      cut,
      intensity: { kind: "min-max", each: "part" },
      reduction: null,
      inputSize: partShape(cut, size),
      augmentation: ["Noise", "Erasing"],
    };
    const extent = extentOf(values);
    const compact: Voxels = { file: "a.nii", size, ...compactVoxels(values, scale, extent)!, extent };
    expect(compact.data).toBeInstanceOf(Int16Array);
    for (const part of partNumbers(cut).keys()) {
      for (const augmentationSeed of [undefined, 5]) {
        const expected = networkInput({ file: "a.nii", size, data: values }, settings, part, {
          augmentationSeed,
        });
        const into = new Float32Array(expected.length).fill(Number.NaN);
        const input = networkInput(compact, settings, part, { augmentationSeed, into });
        expect(input).toBe(into);
        expect(bitsOf(input)).toEqual(bitsOf(expected));
      }
    }
  });
});
