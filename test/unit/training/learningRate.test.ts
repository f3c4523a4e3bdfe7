import { describe, expect, it } from "vitest";
import { observePlateau, startPlateau } from "../../../src/training/loop/learningRate";

function rates(learningRate: number, losses: readonly number[]): number[] {
  let state = startPlateau(learningRate);
  return losses.map((loss) => {
    state = observePlateau(state, loss);
    return state.learningRate;
  });
}

describe("the learning rate on a plateau", () => {
  it("is divided by 10 after the 11th epoch in a row without improvement, and again after 11 more", () => {
    const flat = rates(0.1, new Array<number>(24).fill(1));
    expect(flat.slice(0, 11)).toEqual(new Array(11).fill(0.1));
    expect(flat[11]).toBeCloseTo(0.01, 15);
    expect(flat[21]).toBeCloseTo(0.01, 15);
    expect(flat[22]).toBeCloseTo(0.001, 15);
  });

  it("stays while the loss falls by more than 0.01 %", () => {
    const falling = Array.from({ length: 40 }, (_, epoch) => 0.9995 ** epoch);
    expect(new Set(rates(0.1, falling))).toEqual(new Set([0.1]));
    const barely = Array.from({ length: 12 }, (_, epoch) => 1 - epoch * 1e-6);
    expect(rates(0.1, barely).at(-1)).toBeCloseTo(0.01, 15);
  });

  it("counts a loss that is not a number as no improvement", () => {
    expect(rates(0.1, new Array<number>(11).fill(Number.NaN)).at(-1)).toBeCloseTo(0.01, 15);
  });

  it("does not change by less than 1e-8", () => {
    expect(rates(1e-8, new Array<number>(12).fill(1)).at(-1)).toBe(1e-8);
  });
});
