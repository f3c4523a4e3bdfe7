import { describe, expect, it } from "vitest";
import { extentOf, minMax, removeNaN } from "../../../src/data/batches/normalise";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const LARGEST = 3.4028234663852886e38;

describe("extentOf", () => {
  it("passes over NaN, and tells of it wherever it stands", () => {
    const nan = Number.NaN;
    for (const values of [
      [nan, 3, -1, 2],
      [3, nan, -1, 2],
      [3, -1, 2, nan],
    ]) {
      expect(extentOf(Float32Array.from(values))).toEqual({ min: -1, max: 3, hasNaN: true });
    }
    expect(extentOf(Float32Array.of(3, Number.POSITIVE_INFINITY, -1))).toEqual({
      min: -1,
      max: Number.POSITIVE_INFINITY,
      hasNaN: false,
    });
  });
});

describe("removeNaN", () => {
  it("does as torch.nan_to_num when there is a NaN", () => {
    const values = Float32Array.of(Number.NaN, 2, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
    expect(removeNaN(values)).toBe(true);
    expect([...values]).toEqual([0, 2, LARGEST, -LARGEST]);
  });

  it("leaves values without a NaN alone, infinite ones too", () => {
    const values = Float32Array.of(1, Number.POSITIVE_INFINITY);
    expect(removeNaN(values)).toBe(false);
    expect([...values]).toEqual([1, Number.POSITIVE_INFINITY]);
  });
});

describeWithReference("min-max normalisation", ["golden/g_extract.safetensors"], () => {
  const golden = readSafetensors(reference("golden/g_extract.safetensors"));
  const numbers = (name: string) => {
    const tensor = golden.get(name);
    if (tensor?.dtype !== "float32") throw new Error(`${name} is not float32`);
    return tensor.data;
  };

  it("gives ClinicaDL's values, bit for bit", () => {
    const values = numbers("x").map((value) => Math.fround(Math.fround(7 * value) - 3));
    minMax(values, extentOf(values));
    expect(values).toEqual(numbers("minmax"));
  });

  it("gives ClinicaDL's values for an image with a NaN", () => {
    const values = numbers("x").slice();
    values[0] = Number.NaN;
    removeNaN(values);
    minMax(values, extentOf(values));
    expect(values).toEqual(numbers("nan_minmax"));
  });
});
