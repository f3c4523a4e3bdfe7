/** Every reader against damaged files, for a few seconds; `npm run fuzz` takes as long as one likes, and the bombs in their full size. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fuzz } from "../fuzz/fuzz";
import { mutated, randomOf } from "../fuzz/mutate";
import { READERS, UNREAD } from "../fuzz/readers";
import { readingSources } from "../fuzz/sources";
import { inputOf } from "../fuzz/trial";

const SEED = 11;
const told = (reader: string) => `npm run fuzz -- --seed ${SEED} --reader "${reader}"`;

describe("damaged files", () => {
  it("are refused in words, quickly and in little memory, by every reader", async () => {
    const { findings, inputs } = await fuzz({ seed: SEED, readers: [], seconds: 6, bombs: false });
    expect(findings.map(({ reader, input, fault }) => ({ again: told(reader), input, fault }))).toEqual([]);
    expect(inputs).toBeGreaterThan(Object.keys(READERS).length);
  });

  it("are bombs too, each of which asks for much in little", async () => {
    const { findings } = await fuzz({ seed: SEED, readers: [], seconds: 0, bombs: true });
    expect(findings.map(({ reader, input, fault }) => ({ again: told(reader), input, fault }))).toEqual([]);
  });
});

describe("the table of readers", () => {
  it("holds every source that reads, each once, and no other", () => {
    const fuzzed = Object.values(READERS).flatMap(({ sources }) => sources);
    expect([...fuzzed, ...Object.keys(UNREAD)].sort()).toEqual(
      [...readingSources(join(import.meta.dirname, "../.."))].sort(),
    );
  });

  it("gives the same damage for the same seed, and other damage for another", () => {
    for (const [name, reader] of Object.entries(READERS)) {
      const inputs = (seed: number) =>
        Buffer.concat(Array.from({ length: 20 }, (_, i) => inputOf(reader, seed, i)));
      expect(inputs(1).equals(inputs(1)), name).toBe(true);
      expect(inputs(1).equals(inputs(2)), name).toBe(false);
    }
    const bytes = Buffer.from("a valid file");
    expect(mutated(bytes, randomOf(3), [bytes])).toEqual(mutated(bytes, randomOf(3), [bytes]));
  });
});
