import { describe, expect, it } from "vitest";
import type { VoxelArray } from "../../../../src/space/voxelArray";
import { dragWindow, proper, summarise } from "../../../../webview/shared/volume/intensity";
import { fileStrides, type Volume } from "../../../../webview/shared/volume/volume";

const volumeOf = (data: VoxelArray, slope = 1, intercept = 0): Volume => ({
  size: [data.length, 1, 1],
  strides: fileStrides([data.length, 1, 1]),
  data,
  slope,
  intercept,
});

describe("the automatic window", () => {
  it("leaves a large background black and does not follow a few bright voxels", () => {
    const background = new Array(90_000).fill(0);
    const brain = Array.from({ length: 10_000 }, (_, i) => 100 + (i % 100));
    const { auto } = summarise(volumeOf(Float32Array.from([...background, ...brain, 4000])));
    expect(auto.low).toBe(0);
    expect(auto.high).toBeGreaterThan(195);
    expect(auto.high).toBeLessThan(205);
  });

  it("shows a mask as black and white", () => {
    expect(summarise(volumeOf(Uint8Array.from([0, 0, 0, 1, 1]))).auto).toEqual({ low: 0, high: 1 });
  });

  it("has some width for a constant image", () => {
    const { auto, min, max } = summarise(volumeOf(Float32Array.from([7, 7, 7])));
    expect([min, max]).toEqual([7, 7]);
    expect(auto.low).toBeLessThan(7);
    expect(auto.high).toBeGreaterThan(7);
  });

  it("follows the scaling of the header, a negative slope too", () => {
    const stored = Int16Array.from({ length: 1000 }, (_, i) => i);
    const plain = summarise(volumeOf(stored)).auto;
    const scaled = summarise(volumeOf(stored, 0.5, 10)).auto;
    expect(scaled.low).toBeCloseTo(plain.low * 0.5 + 10, 9);
    expect(scaled.high).toBeCloseTo(plain.high * 0.5 + 10, 9);
    const reversed = summarise(volumeOf(stored, -1, 999));
    expect([reversed.min, reversed.max]).toEqual([0, 999]);
    expect(reversed.auto.low).toBeCloseTo(plain.low, 0);
    expect(reversed.auto.high).toBeCloseTo(plain.high, 0);
  });

  it("passes over what is no number, and counts it", () => {
    const summary = summarise(volumeOf(Float32Array.from([Number.NaN, 1, 2, Number.POSITIVE_INFINITY])));
    expect(summary).toMatchObject({ min: 1, max: 2, notFinite: 2 });
    expect(summarise(volumeOf(Float32Array.from([Number.NaN])))).toMatchObject({
      min: 0,
      max: 1,
      notFinite: 1,
    });
  });
});

describe("the histogram", () => {
  it("counts every value once", () => {
    const values = Float32Array.from({ length: 5000 }, (_, i) => Math.sin(i) * 50);
    const { histogram } = summarise(volumeOf(values));
    expect(histogram).toHaveLength(256);
    expect(histogram.reduce((sum, count) => sum + count)).toBe(5000);
  });

  it("gives whole numbers bins of equal width, or one each where they are few", () => {
    const few = summarise(volumeOf(Uint8Array.from([3, 3, 4, 6]))).histogram;
    expect([...few]).toEqual([2, 1, 0, 1]);
    const many = summarise(volumeOf(Int16Array.from({ length: 1000 }, (_, i) => i - 300))).histogram;
    expect([...new Set(many)]).toEqual([4]);
  });
});

describe("dragging the window", () => {
  it("widens to the right and rises upwards", () => {
    expect(dragWindow({ low: 0, high: 100 }, 0.5, 0)).toEqual({ low: -50, high: 150 });
    expect(dragWindow({ low: 0, high: 100 }, 0, 0.25)).toEqual({ low: 25, high: 125 });
    expect(dragWindow({ low: 0, high: 100 }, -50, 0).high).toBeGreaterThan(50 - 1e-9);
  });

  it("never closes", () => {
    const { low, high } = proper({ low: 5, high: 5 });
    expect(high).toBeGreaterThan(low);
    expect(proper({ low: 9, high: 2 }).low).toBeLessThan(2);
  });
});

describe("an image with a value far from all others", () => {
  const brain = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? 0 : 400 + (i % 397)));

  it.each([1e4 * 800, 1e6, -1e6, 3e38])("is drawn as without it: %s", (value) => {
    const usual = summarise(volumeOf(Float32Array.from(brain)));
    const spoilt = summarise(volumeOf(Float32Array.from([...brain, value])));
    expect(usual.squashed).toBe(false);
    expect(spoilt.squashed).toBe(true);
    expect(Math.abs(spoilt.auto.low - usual.auto.low)).toBeLessThan(10);
    expect(Math.abs(spoilt.auto.high - usual.auto.high)).toBeLessThan(10);
    expect([spoilt.min, spoilt.max]).toContain(Math.fround(value));
  });

  it.each([1e6, -1e6, 3e38])(
    "has a histogram of the others, and a count of what lies beyond: %s",
    (value) => {
      const { span, beyond, histogram, auto } = summarise(volumeOf(Float32Array.from([...brain, value])));
      expect(beyond).toBe(1);
      expect(histogram.reduce((sum, count) => sum + count)).toBe(brain.length);
      // The 397 values of the brain are a third of the span or more, not one bar.
      expect(histogram.filter((count) => count > 0).length).toBeGreaterThan(80);
      expect(span.low).toBeLessThanOrEqual(auto.low);
      expect(span.high).toBeGreaterThanOrEqual(auto.high);
    },
  );

  it("has the same histogram when whole numbers are stored upside down", () => {
    const stored = Int32Array.from([...brain, 1_000_000]);
    const plain = summarise(volumeOf(stored));
    const reversed = summarise(
      volumeOf(
        stored.map((value) => 1_000_000 - value),
        -1,
        1_000_000,
      ),
    );
    expect(reversed.span).toEqual(plain.span);
    expect([plain.beyond, reversed.beyond]).toEqual([1, 1]);
    expect(plain.histogram.filter((count) => count > 0).length).toBeGreaterThan(80);
  });

  it("spans the whole range where nothing is far", () => {
    const { span, min, max, beyond } = summarise(volumeOf(Float32Array.from(brain)));
    expect(span).toEqual({ low: min, high: max });
    expect(beyond).toBe(0);
  });
});
