import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { openDataset, openReader } from "../../../src/data/batches/volumeDataset";
import type { VolumeReader } from "../../../src/data/nifti/volumeReader";
import { type DataPlan, planData } from "../../../src/data/plan/experimentData";
import { checkImages } from "../../../src/data/sources/checkImages";
import type { ExperimentInput } from "../../../src/experiment/schema/schema";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, imageFile, person, writeCaps, writeImage, writeTable } from "../../support/study";

const root = temporaryFolder();
const train = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "CN")];
const validation = [person("sub-4", "CN"), person("sub-5", "AD")];
const readers: VolumeReader[] = [];
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
});

async function planOf(name: string, changes: Partial<ExperimentInput> = {}): Promise<DataPlan> {
  const folder = join(root, name);
  await writeCaps(join(folder, "caps"), [...train, ...validation]);
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
  return planData(experimentOn(folder, changes));
}

function open(plan: DataPlan, workers: number, cacheBytes?: number): VolumeReader {
  const readTensor = () => Promise.reject(new Error("no tensors here"));
  const options = { workers, readTensor };
  const reader = openReader(plan, cacheBytes === undefined ? options : { ...options, cacheBytes });
  readers.push(reader);
  return reader;
}

const trainOf = (plan: DataPlan) => plan.splits[0]?.train ?? [];
/** What the study writes: voxel i of image k is 1000 k + i. */
const voxels = (image: number) => Array.from({ length: 120 }, (_, i) => 1000 * image + i);
const patches: Partial<ExperimentInput> = {
  preprocessing_dict: { mode: "patch", patch_size: 4, stride_size: 1 },
};

describe.each([
  ["workers", 2],
  ["the trainer's own thread", 0],
])("a dataset read by %s", (where, workers) => {
  it("gives the samples of a set in the order of its table, with their classes", async () => {
    const plan = await planOf(`samples ${where}`);
    const dataset = openDataset(plan, trainOf(plan), open(plan, workers));
    expect(dataset.inputSize).toEqual([1, 6, 5, 4]);
    expect(dataset.samples[1]).toEqual({
      participantId: "sub-2",
      sessionId: "ses-M000",
      cohort: "single",
      part: 0,
      label: "CN",
      target: 1,
    });
  });

  it("reads batches in the order that is asked", async () => {
    const plan = await planOf(`order ${where}`);
    const dataset = openDataset(plan, trainOf(plan), open(plan, workers));
    const batch = await dataset.read([2, 0, 2]);
    expect([...batch]).toEqual([...voxels(2), ...voxels(0), ...voxels(2)]);
  });

  it("gives the parts of an image one after the other, from memory or from the file", async () => {
    const plan = await planOf(`parts ${where}`, patches);
    for (const cacheBytes of [0, 1e6]) {
      const dataset = openDataset(plan, trainOf(plan), open(plan, workers, cacheBytes));
      expect([dataset.partsPerImage, dataset.samples.length]).toEqual([6, 18]);
      expect(dataset.samples.slice(5, 8).map(({ participantId, part }) => [participantId, part])).toEqual([
        ["sub-1", 5],
        ["sub-2", 0],
        ["sub-2", 1],
      ]);
      for (let again = 0; again < 2; again++) {
        const batch = await dataset.read([6, 0, 7]);
        expect([batch[0], batch[64], batch[128]]).toEqual([1000, 0, 1004]);
      }
    }
  });

  it("gives one part of each image to one of several networks", async () => {
    const plan = await planOf(`network ${where}`, patches);
    const dataset = openDataset(plan, trainOf(plan), open(plan, workers), { part: 3 });
    expect(dataset.partsPerImage).toBe(1);
    expect(dataset.samples.map(({ part }) => part)).toEqual([3, 3, 3]);
    expect((await dataset.read([2]))[0]).toBe(2000 + 24);
  });

  it("transforms training samples by the seed and the place in the batch", async () => {
    const plan = await planOf(`transforms ${where}`, { data_augmentation: ["Noise"] });
    const dataset = openDataset(plan, trainOf(plan), open(plan, workers));
    const plain = await dataset.read([0, 0]);
    const [first, again, other] = [
      await dataset.read([0, 0], { batch: 1, epoch: 0 }),
      await dataset.read([0, 0], { batch: 1, epoch: 0 }),
      await dataset.read([0, 0], { batch: 2, epoch: 0 }),
    ];
    expect([...plain]).toEqual([...voxels(0), ...voxels(0)]);
    expect(first).toEqual(again);
    expect(first).not.toEqual(plain);
    expect(first).not.toEqual(other);
    expect(first.slice(0, 120)).not.toEqual(first.slice(120));
  });

  it("names participant, session and file of an image that broke after the plan", async () => {
    const plan = await planOf(`broken ${where}`);
    const file = imageFile(join(root, `broken ${where}`, "caps"), "sub-2");
    await truncate(file, 200);
    const dataset = openDataset(plan, trainOf(plan), open(plan, workers));
    expect(await problemsOf(() => dataset.read([0, 1]))).toMatchObject([
      { file, message: expect.stringMatching(/^sub-2 ses-M000: The gzip data is truncated/) },
    ]);
    expect([...(await dataset.read([0]))]).toEqual(voxels(0));
  });

  it("keeps what it read in memory", async () => {
    const plan = await planOf(`memory ${where}`);
    const reader = open(plan, workers);
    const dataset = openDataset(plan, trainOf(plan), reader);
    const before = await dataset.read([0, 1, 2]);
    for (const image of trainOf(plan)) await writeFile(image.file, "gone");
    expect(await dataset.read([0, 1, 2])).toEqual(before);
  });

  it("checks every image of a plan before the training, and reports all that are bad", async () => {
    const plan = await planOf(`check ${where}`);
    const caps = join(root, `check ${where}`, "caps");
    const corrupt = gzipSync(Buffer.alloc(100));
    await writeFile(imageFile(caps, "sub-1"), corrupt.subarray(0, 30));
    await writeImage(imageFile(caps, "sub-3"), () => 4);
    await writeImage(imageFile(caps, "sub-5"), (i) => (i === 7 ? Number.POSITIVE_INFINITY : i));
    const progress: number[] = [];
    const problems = await problemsOf(() =>
      checkImages(plan, open(plan, workers), (done) => progress.push(done)),
    );
    expect(problems.map(({ file }) => file)).toEqual(
      ["sub-1", "sub-3", "sub-5"].map((id) => imageFile(caps, id)),
    );
    expect(problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^sub-3 ses-M000: Every voxel of the image is 4/),
        expect.stringMatching(/^sub-5 ses-M000: The image holds infinite values/),
      ]),
    );
    expect(progress).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("reading workers", () => {
  it("work while this thread is held, as a training step holds it", async () => {
    const plan = await planOf("busy");
    const dataset = openDataset(plan, trainOf(plan), open(plan, 1));
    await dataset.read([0]);
    const reading = dataset.read([1, 2]);
    const start = process.cpuUsage();
    while (process.cpuUsage(start).user < 1e6);
    let turns = 0;
    let read = false;
    const done = reading.then(() => {
      read = true;
    });
    for (; !read && turns < 10_000; turns++) await new Promise((resolve) => setImmediate(resolve));
    await done;
    // Both images were read meanwhile; what is left is to hand them over, which takes few turns of the event loop.
    expect(turns).toBeLessThan(200);
  });

  it("say so when they are closed before they have read", async () => {
    const plan = await planOf("closed");
    const reader = open(plan, 1);
    const reading = openDataset(plan, trainOf(plan), reader).read([0, 1, 2]);
    const outcome = expect(reading).rejects.toMatchObject({
      problem: {
        code: "image.not-read",
        file: expect.stringMatching(/\.nii\.gz$/),
        message: expect.stringMatching(/^sub-\S+ ses-\S+: .* ended before it had read it\.$/),
      },
    });
    await reader.close();
    await outcome;
  });
});
