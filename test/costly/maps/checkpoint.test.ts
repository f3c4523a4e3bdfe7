import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { removeLeftovers } from "../../../src/maps/folder/leftovers";
import { mapsPlace } from "../../../src/maps/folder/place";
import { type Checkpoint, Checkpoints, countedBatchesAlike } from "../../../src/maps/weights/checkpoint";
import type { StateDict } from "../../../src/network/weights/tensor";
import { temporaryFolder } from "../../support/folder";
import { programOf } from "../../support/program";

const description = {
  optimizer: "Adam",
  weightDecay: 1e-4,
  parameters: ["fc.0.weight"],
  architecture: "Conv5_FC3",
} as const;

const tensors = (value: number): StateDict =>
  new Map([["fc.0.weight", { dtype: "float32", shape: [2], data: new Float32Array([value, value]) }]]);

const checkpoint = (epoch: number): Checkpoint => ({
  progress: {
    epoch,
    batch: 3,
    seconds: 12.5,
    best: { loss: { epoch, value: 0.5, validation: { loss: 0.5, LR_plus: Number.POSITIVE_INFINITY } } },
    stopping: { best: 0.5, badEpochs: 1, patience: 10, tolerance: 0, threshold: 0.5 },
    plateau: { learningRate: 1e-4, best: Number.POSITIVE_INFINITY, badEpochs: 0 },
    ended: null,
  },
  seed: 42,
  eventSeq: 17,
  model: {
    parameters: tensors(epoch),
    optimizer: {
      step: 10 * epoch,
      moments: new Map([
        ["step", tensors(10 * epoch)],
        ["exp_avg", tensors(-epoch)],
      ]),
    },
    batches: 20 * epoch,
  },
});

const filesOf = (maps: string) => readdirSync(join(maps, "split-0/tmp")).sort();

/** The files of two sets, the last one and the one before it. */
const twoSets = (...sets: readonly number[]) => [
  ...["checkpoint", "optimizer"].flatMap((kind) => sets.map((set) => `${kind}-${set}.pth.tar`)),
  "training_state-former.json",
  "training_state.json",
];

describe("Checkpoints", () => {
  it("gives back the last one whole: weights, optimizer, best values, stopping state, learning rate, random state", async () => {
    const maps = temporaryFolder();
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    expect(await checkpoints.load()).toBeNull();
    for (const epoch of [1, 2, 3]) await checkpoints.save(checkpoint(epoch));
    expect(await checkpoints.load()).toEqual(checkpoint(3));
    expect(filesOf(maps)).toEqual(twoSets(2, 3));
  });

  it("keeps those of the networks of a multi-network apart", async () => {
    const maps = temporaryFolder();
    for (const network of [0, 1])
      await new Checkpoints(mapsPlace(maps).split(0).network(network), description).save(
        checkpoint(network + 1),
      );
    expect(await new Checkpoints(mapsPlace(maps).split(0).network(0), description).load()).toEqual(
      checkpoint(1),
    );
    expect(await new Checkpoints(mapsPlace(maps).split(0).network(1), description).load()).toEqual(
      checkpoint(2),
    );
    expect(filesOf(maps)).toEqual(["network-0", "network-1"]);
  });

  it("remembers that a network is done, without its weights", async () => {
    const maps = temporaryFolder();
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    await checkpoints.save(checkpoint(4));
    const { progress } = checkpoint(5);
    const over = {
      progress: { ...progress, ended: { reason: "completed", epochs: 5 } as const },
      seed: 42,
      eventSeq: 30,
    };
    await checkpoints.finish(over);
    expect(await checkpoints.load()).toEqual({ ...over, model: null });
    expect(filesOf(maps)).toEqual(["training_state-former.json", "training_state.json"]);
    writeFileSync(join(maps, "split-0/tmp/training_state.json"), "");
    expect(await checkpoints.load()).toMatchObject({ ...over, model: null });
  });

  it("is not misled by a newer set that was not completed", async () => {
    const maps = temporaryFolder();
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    await checkpoints.save(checkpoint(1));
    writeFileSync(join(maps, "split-0/tmp/checkpoint-2.pth.tar"), "half of a file");
    expect(await checkpoints.load()).toEqual(checkpoint(1));
    await checkpoints.save(checkpoint(2));
    expect(await checkpoints.load()).toEqual(checkpoint(2));
    expect(filesOf(maps)).toEqual(twoSets(1, 3));
  });

  describe("torn after it was written", () => {
    const file = (maps: string, name: string) => join(maps, "split-0/tmp", name);
    const zeros = (path: string, from: number) => {
      const content = readFileSync(path);
      writeFileSync(path, content.fill(0, Math.floor(from * content.length)));
    };
    const tears: Record<string, (path: string) => void> = {
      "cut off": (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
      "without its last byte": (path) => truncateSync(path, statSync(path).size - 1),
      empty: (path) => truncateSync(path, 0),
      "full of zeros": (path) => zeros(path, 0),
      "of the right length, half of it zeros": (path) => zeros(path, 0.5),
      missing: (path) => rmSync(path),
    };
    const files = ["checkpoint-3.pth.tar", "optimizer-3.pth.tar", "training_state.json"];
    const cases = files.flatMap((name) => Object.keys(tears).map((tear) => [name, tear] as const));

    it.each(cases)("by %s %s, the one before it is taken, and the next ones follow", async (name, tear) => {
      const maps = temporaryFolder();
      const place = mapsPlace(maps).split(0).network();
      const checkpoints = new Checkpoints(place, description);
      for (const epoch of [1, 2, 3]) await checkpoints.save(checkpoint(epoch));
      tears[tear]!(file(maps, name));
      expect(await countedBatchesAlike(place)).toBe(false);
      const resumed = new Checkpoints(place, description);
      const { damage, ...found } = (await resumed.load())!;
      expect(found).toEqual(checkpoint(2));
      expect(damage?.map((one) => one.file)).toEqual([file(maps, name)]);
      // It is the last one from here on.
      expect(await new Checkpoints(place, description).load()).toEqual(checkpoint(2));
      await resumed.save(checkpoint(4));
      expect(await resumed.load()).toEqual(checkpoint(4));
      truncateSync(
        file(maps, filesOf(maps).find((one) => one.startsWith("optimizer-") && !one.includes("-2."))!),
        9,
      );
      expect(await resumed.load()).toMatchObject(checkpoint(2));
    });

    it("by one bit of its numbers, the one before it is taken", async () => {
      const maps = temporaryFolder();
      const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
      for (const epoch of [1, 2]) await checkpoints.save(checkpoint(epoch));
      const content = readFileSync(file(maps, "checkpoint-2.pth.tar"));
      const number = content.indexOf(Buffer.from(new Float32Array([2, 2]).buffer));
      content[number]! ^= 1;
      writeFileSync(file(maps, "checkpoint-2.pth.tar"), content);
      expect(await checkpoints.load()).toMatchObject(checkpoint(1));
    });

    it("with the one before it, it is refused by its own file", async () => {
      const maps = temporaryFolder();
      const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
      for (const epoch of [1, 2]) await checkpoints.save(checkpoint(epoch));
      for (const set of [1, 2]) truncateSync(file(maps, `checkpoint-${set}.pth.tar`), 100);
      await expect(checkpoints.load()).rejects.toThrow("checkpoint-2.pth.tar");
    });
  });

  it("of a version that kept none before it is read as it was", async () => {
    const maps = temporaryFolder();
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    for (const epoch of [1, 2]) await checkpoints.save(checkpoint(epoch));
    for (const name of ["checkpoint-1.pth.tar", "optimizer-1.pth.tar", "training_state-former.json"])
      rmSync(join(maps, "split-0/tmp", name));
    expect(await checkpoints.load()).toEqual(checkpoint(2));
    await checkpoints.save(checkpoint(3));
    expect(filesOf(maps)).toEqual(twoSets(2, 3));
  });

  it("says which file is damaged", async () => {
    const maps = temporaryFolder();
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    await checkpoints.save(checkpoint(1));
    truncateSync(join(maps, "split-0/tmp/optimizer-1.pth.tar"), 100);
    await expect(checkpoints.load()).rejects.toThrow("optimizer-1.pth.tar");
    writeFileSync(join(maps, "split-0/tmp/training_state.json"), '{"set": 1}');
    await expect(checkpoints.load()).rejects.toThrow("The state of the training is damaged.");
  });

  it("is whole after a kill at any moment", async () => {
    const maps = temporaryFolder();
    const program = programOf(`
      import { mapsPlace } from "./src/maps/folder/place";
      import { Checkpoints } from "./src/maps/weights/checkpoint";
      const checkpoints = new Checkpoints(mapsPlace(${JSON.stringify(maps)}).split(0).network(), ${JSON.stringify(description)});
      const first = ((await checkpoints.load())?.progress.epoch ?? 0) + 1;
      console.log("ready");
      for (let epoch = first; ; epoch++) {
        const tensors = (value) => new Map([["fc.0.weight", { dtype: "float32", shape: [200000], data: new Float32Array(200000).fill(value) }]]);
        await checkpoints.save({
          progress: {
            epoch, batch: 0, seconds: 1, best: {},
            stopping: { best: null, badEpochs: 0, patience: 10, tolerance: 0, threshold: null },
            plateau: { learningRate: 1e-4, best: Infinity, badEpochs: 0 },
            ended: null,
          },
          seed: 42, eventSeq: epoch,
          model: { parameters: tensors(epoch), optimizer: { step: epoch, moments: new Map([["exp_avg", tensors(epoch)]]) }, batches: epoch },
        });
      }`);
    const checkpoints = new Checkpoints(mapsPlace(maps).split(0).network(), description);
    let reached = 0;
    // A busy machine may need longer for its first save.
    for (let round = 0; round < 12 || reached === 0; round++) {
      const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout, "data");
      await new Promise((done) => setTimeout(done, 30 + 17 * round));
      child.kill("SIGKILL");
      await once(child, "exit");
      const found = await checkpoints.load();
      const epoch = found?.progress.epoch ?? 0;
      expect(epoch).toBeGreaterThanOrEqual(reached);
      reached = epoch;
      if (found?.model == null) continue;
      expect(found.eventSeq).toBe(epoch);
      expect(found.model.parameters.get("fc.0.weight")?.data.every((value) => value === epoch)).toBe(true);
      const average = found.model.optimizer.moments.get("exp_avg")?.get("fc.0.weight");
      expect(average?.data.every((value) => value === epoch)).toBe(true);
    }
    await removeLeftovers(maps);
    await checkpoints.save(checkpoint(reached + 1));
    expect(filesOf(maps)).toHaveLength(6);
  });
});

describe("removeLeftovers", () => {
  it("removes what a killed process was writing, and nothing else", async () => {
    const maps = temporaryFolder();
    const left = join(maps, ".model.pth.tar.999999999-0123abcd.tmp");
    const kept = ["model.pth.tar", ".hidden.tmp", `.model.pth.tar.${process.ppid}-0123abcd.tmp`];
    for (const file of [left, ...kept.map((name) => join(maps, name))]) writeFileSync(file, "");
    await removeLeftovers(maps);
    expect(existsSync(left)).toBe(false);
    expect(readdirSync(maps).sort()).toEqual([...kept].sort());
  });
});
