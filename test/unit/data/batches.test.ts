import { describe, expect, it } from "vitest";
import { batchCount, batches } from "../../../src/data/batches/batches";

/** A dataset whose input of sample i is [i], and a list of what was asked of it. */
function recorded() {
  const asked: { indices: readonly number[]; seed: number | undefined }[] = [];
  const read = async (indices: readonly number[], seed?: number) => {
    asked.push({ indices, seed });
    return Float32Array.from(indices);
  };
  return { asked, read };
}

async function all(generator: ReturnType<typeof batches>) {
  const list = [];
  for await (const batch of generator) list.push(batch);
  return list;
}

describe("batches", () => {
  it("cuts an order into batches, the last one short", async () => {
    expect(await all(batches(recorded(), [4, 2, 0, 1, 3], 2))).toEqual([
      { number: 0, indices: [4, 2], input: Float32Array.of(4, 2) },
      { number: 1, indices: [0, 1], input: Float32Array.of(0, 1) },
      { number: 2, indices: [3], input: Float32Array.of(3) },
    ]);
    expect(batchCount(5, 2)).toBe(3);
    expect(await all(batches(recorded(), [], 2))).toEqual([]);
  });

  it("asks for the next batch before it hands out this one, and no further", async () => {
    const dataset = recorded();
    const generator = batches(dataset, [0, 1, 2, 3, 4, 5], 2);
    await generator.next();
    expect(dataset.asked.map(({ indices }) => indices)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it("starts at any batch without reading those before it", async () => {
    const dataset = recorded();
    const seeds = { first: 1, augmentationSeed: (batch: number) => 100 + batch };
    const numbers = (await all(batches(dataset, [0, 1, 2, 3, 4], 2, seeds))).map(({ number }) => number);
    expect(numbers).toEqual([1, 2]);
    expect(dataset.asked).toEqual([
      { indices: [2, 3], seed: 101 },
      { indices: [4], seed: 102 },
    ]);
    expect(await all(batches(dataset, [0, 1], 2, { first: 1 }))).toEqual([]);
  });

  it("throws where the batch that cannot be read is due", async () => {
    const read = async (indices: readonly number[]) => {
      if (indices.includes(3)) throw new Error("sub-3 is unreadable");
      return new Float32Array(1);
    };
    const generator = batches({ read }, [0, 1, 2, 3, 4], 2);
    expect((await generator.next()).value?.number).toBe(0);
    await expect(generator.next()).rejects.toThrow("sub-3 is unreadable");
  });

  it("leaves no error behind when the loop is left early", async () => {
    const read = async (indices: readonly number[]) => {
      if (indices.includes(1)) throw new Error("never awaited");
      return new Float32Array(1);
    };
    for await (const batch of batches({ read }, [0, 1], 1)) {
      expect(batch.number).toBe(0);
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
