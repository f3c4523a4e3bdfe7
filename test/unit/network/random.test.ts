import { describe, expect, it } from "vitest";
import { deriveSeed, RandomGenerator } from "../../../src/network/weights/random";
import fixture from "../../fixtures/network/initialState.json";

const expected = fixture.generator;
const generator = () => new RandomGenerator(expected.seed);
const times = <Value>(count: number, draw: () => Value) => Array.from({ length: count }, draw);

describe("RandomGenerator", () => {
  it("gives the 32-bit outputs of MT19937", () => {
    const random = generator();
    expect(times(3, () => random.nextUint32())).toEqual(expected.uint32);
    random.skip(996);
    expect(random.nextUint32()).toBe(expected.uint32At999);
  });

  it("gives the output of MT19937 that the C++ standard asks for: the 10000th of seed 5489", () => {
    const random = new RandomGenerator(5489);
    random.skip(9999);
    expect(random.nextUint32()).toBe(4123659995);
  });

  it("gives torch.rand in float32 and in float64", () => {
    const single = generator();
    expect(times(5, () => single.uniformFloat())).toEqual(expected.rand);
    const double = generator();
    expect(times(5, () => double.uniform())).toEqual(expected.randDouble);
  });

  it("gives torch.randint and torch.randperm", () => {
    const random = generator();
    expect(times(20, () => random.integer(10))).toEqual(expected.randint10);
    expect(generator().permutation(20)).toEqual(expected.randperm);
  });

  it("shuffles a copy", () => {
    const letters = ["a", "b", "c", "d", "e"] as const;
    const shuffled = generator().shuffled(letters);
    expect(shuffled.toSorted()).toEqual(letters);
    expect(shuffled).toEqual(
      generator()
        .permutation(5)
        .map((index) => letters[index]),
    );
  });

  it("draws normal numbers of mean 0 and variance 1", () => {
    const random = generator();
    const values = times(20_000, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it("refuses a seed or a bound that is not a whole number in range", () => {
    expect(() => new RandomGenerator(0.5)).toThrow(RangeError);
    expect(() => generator().integer(0)).toThrow(RangeError);
    expect(() => generator().integer(2 ** 33)).toThrow(RangeError);
  });
});

describe("deriveSeed", () => {
  it("gives every label a stream of its own, always the same", () => {
    const seeds = [0, 1].flatMap((seed) =>
      ["shuffle", "dropout"].flatMap((label) =>
        times(100, () => 0).map((_, epoch) => deriveSeed(seed, label, epoch)),
      ),
    );
    expect(new Set(seeds).size).toBe(seeds.length);
    expect(deriveSeed(3, "shuffle", 0, 4)).toBe(deriveSeed(3, "shuffle", 0, 4));
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  });

  it("keeps labels apart that would read the same when joined", () => {
    expect(deriveSeed(0, "a", "b")).not.toBe(deriveSeed(0, "ab"));
    expect(deriveSeed(0, 1, 23)).not.toBe(deriveSeed(0, 12, 3));
    expect(deriveSeed(0, "1")).not.toBe(deriveSeed(0, 1));
  });
});
