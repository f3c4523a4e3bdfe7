import { setTimeout as later } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { DrawSeeds } from "../../../src/data/batches/dataset";
import { batchCount, batchesAhead, type Pass, ReadAhead } from "../../../src/data/batches/readAhead";

interface Asked {
  readonly indices: readonly number[];
  readonly seeds: DrawSeeds | undefined;
  readonly memory: Float32Array | undefined;
}

/** A dataset whose input of sample i is [i], or [i + the seed of the batch], and a list of what was asked of it. */
function recorded(broken?: number) {
  const asked: Asked[] = [];
  const read = async (indices: readonly number[], seeds?: DrawSeeds, memory?: Float32Array) => {
    asked.push({ indices, seeds, memory });
    // The later a batch is asked for, the sooner it is there.
    await later(Math.max(0, 5 - asked.length));
    if (broken !== undefined && indices.includes(broken)) throw new Error(`sub-${broken} is unreadable`);
    const values = memory ?? new Float32Array(indices.length);
    values.set(indices.map((index) => index + (seeds?.batch ?? 0)));
    return values;
  };
  return { asked, read, inputSize: [1, 1] };
}

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);

/** The values of each batch, copied while it is in use. */
async function valuesOf(ahead: ReadAhead, pass: Pass, following?: () => Pass | null): Promise<number[][]> {
  const values: number[][] = [];
  for await (const { input } of ahead.batches(pass, following)) {
    await later(1);
    values.push([...input]);
  }
  return values;
}

describe("batches", () => {
  it("cuts an order into batches, the last one short", async () => {
    const pass = { dataset: recorded(), order: [4, 2, 0, 1, 3], batchSize: 2 };
    const found = [];
    for await (const { number, indices, input } of new ReadAhead().batches(pass))
      found.push({ number, indices, values: [...input] });
    expect(found).toEqual([
      { number: 0, indices: [4, 2], values: [4, 2] },
      { number: 1, indices: [0, 1], values: [0, 1] },
      { number: 2, indices: [3], values: [3] },
    ]);
    expect(batchCount(5, 2)).toBe(3);
    expect(await valuesOf(new ReadAhead(), { dataset: recorded(), order: [], batchSize: 2 })).toEqual([]);
  });

  it("starts at any batch without reading those before it", async () => {
    const dataset = recorded();
    const pass = {
      dataset,
      order: upTo(5),
      batchSize: 2,
      first: 1,
      drawSeeds: (batch: number) => ({ batch: 100 * batch, epoch: 0 }),
    };
    expect(await valuesOf(new ReadAhead(), pass)).toEqual([[102, 103], [204]]);
    expect(dataset.asked.map(({ indices, seeds }) => [indices, seeds?.batch])).toEqual([
      [[2, 3], 100],
      [[4], 200],
    ]);
    expect(await valuesOf(new ReadAhead(), { ...pass, first: 3 })).toEqual([]);
  });

  it("are as many ahead as memory allows, one in any case, and no more", async () => {
    expect(batchesAhead(8, [1, 50, 50, 50])).toBe(8);
    expect(batchesAhead(2, [1, 169, 208, 179])).toBe(5);
    expect(batchesAhead(16, [1, 169, 208, 179])).toBe(1);
    const dataset = recorded();
    const batches = new ReadAhead().batches({ dataset, order: upTo(100), batchSize: 1 });
    await batches.next();
    expect(dataset.asked.length).toBe(9);
    await batches.next();
    expect(dataset.asked.length).toBe(10);
  });

  it("throw where the one that cannot be read is due, and not before", async () => {
    const batches = new ReadAhead().batches({ dataset: recorded(3), order: upTo(8), batchSize: 2 });
    const first = await batches.next();
    expect(first.value?.number).toBe(0);
    await later(20);
    await expect(batches.next()).rejects.toThrow("sub-3 is unreadable");
    expect((await batches.next()).done).toBe(true);
  });

  it("leave no error behind when the loop is left before it is due", async () => {
    for await (const batch of new ReadAhead().batches({
      dataset: recorded(1),
      order: upTo(4),
      batchSize: 1,
    })) {
      expect(batch.number).toBe(0);
      break;
    }
    await later(20);
  });

  it("take turns in a few blocks of memory, and none is written to while it is looked at", async () => {
    const dataset = recorded();
    const ahead = new ReadAhead();
    const values = await valuesOf(ahead, { dataset, order: upTo(200), batchSize: 2 });
    expect(values.flat()).toEqual(upTo(200));
    const blocks = new Set(dataset.asked.map(({ memory }) => memory));
    expect(blocks.size).toBeLessThanOrEqual(batchesAhead(2, [1, 1]) + 2);
  });
});

describe("from one pass to the next", () => {
  it("reads the first batches of the one that follows during the last ones, and reads them once", async () => {
    const [train, validation] = [recorded(), recorded()];
    const ahead = new ReadAhead();
    const second = { dataset: validation, order: [7, 8, 9], batchSize: 2 };
    const before: number[] = [];
    for await (const { number } of ahead.batches({ dataset: train, order: upTo(4), batchSize: 2 }, () => ({
      ...second,
    })))
      before.push(number, validation.asked.length);
    expect(before).toEqual([0, 2, 1, 2]);
    expect(await valuesOf(ahead, second)).toEqual([[7, 8], [9]]);
    expect(validation.asked.length).toBe(2);
  });

  it("reads anew what turns out otherwise: another order, seed, set or beginning", async () => {
    const expected = { order: upTo(4), batchSize: 2, drawSeeds: () => ({ batch: 10, epoch: 0 }) };
    const others: Partial<Pass>[] = [
      { order: [3, 2, 1, 0] },
      { drawSeeds: () => ({ batch: 20, epoch: 0 }) },
      { drawSeeds: () => ({ batch: 10, epoch: 1 }) },
      { batchSize: 3 },
      { first: 1 },
      { dataset: recorded() },
    ];
    for (const other of others) {
      const dataset = recorded();
      const ahead = new ReadAhead();
      const due: Pass = { ...expected, dataset, ...other };
      await valuesOf(ahead, { dataset, order: [9], batchSize: 1 }, () => ({ ...expected, dataset }));
      expect(await valuesOf(ahead, due)).toEqual(await valuesOf(new ReadAhead(), due));
    }
  });

  it("gives a batch that was read ahead to one pass alone, also where the next one sees the same samples", async () => {
    const dataset = recorded();
    const ahead = new ReadAhead();
    const pass = { dataset, order: upTo(6), batchSize: 2 };
    await valuesOf(ahead, { dataset, order: [9, 8], batchSize: 2 }, () => pass);
    for (let again = 0; again < 4; again++) {
      expect(await valuesOf(ahead, pass, () => pass)).toEqual([
        [0, 1],
        [2, 3],
        [4, 5],
      ]);
    }
    // Each of five looks read its own, and what the last one read for nobody.
    expect(dataset.asked.length).toBe(1 + 5 * 3);
    const twice = { ...pass, order: [0, 1, 0, 1, 0, 1] };
    await valuesOf(ahead, pass, () => twice);
    expect(await valuesOf(ahead, twice)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it("throws what the following pass cannot read in that pass", async () => {
    const ahead = new ReadAhead();
    const following = { dataset: recorded(1), order: upTo(2), batchSize: 1 };
    expect(await valuesOf(ahead, { dataset: recorded(), order: [5], batchSize: 1 }, () => following)).toEqual(
      [[5]],
    );
    await expect(valuesOf(ahead, following)).rejects.toThrow("sub-1 is unreadable");
  });
});

it("counts the time in which a batch was waited for, and not that in which it was used", async () => {
  const release: (() => void)[] = [];
  const dataset = {
    inputSize: [1],
    read: () => new Promise<Float32Array>((resolve) => release.push(() => resolve(Float32Array.of(1)))),
  };
  const ahead = new ReadAhead();
  const batches = ahead.batches({ dataset, order: [0, 1], batchSize: 1 });
  const first = batches.next();
  await later(60);
  for (const one of release) one();
  await first;
  const waited = ahead.takeWaited();
  expect(waited).toBeGreaterThan(0.05);
  await later(60);
  await batches.next();
  expect(ahead.takeWaited()).toBeLessThan(waited);
  expect(ahead.takeWaited()).toBe(0);
});
