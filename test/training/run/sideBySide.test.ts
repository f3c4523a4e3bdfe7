import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import type { Experiment } from "../../../src/experiment/experiment";
import { experimentNetwork } from "../../../src/experiment/experimentNetwork";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { readRun } from "../../../src/maps/units/records";
import { type Room, runAtOnce, sideBySide } from "../../../src/training/run/sideBySide";
import { trainingBytes } from "../../../src/training/run/trainingBytes";
import { failingEngine, NO_MEMORY, pairingEngine } from "../../support/enginesSideBySide";
import { temporaryFolder } from "../../support/folder";
import { linesOfTraining } from "../../support/linesOfTraining";
import { contentOf } from "../../support/mapsContent";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { resumePhantom, trainPhantom } from "../../support/trainPhantom";

/** 2 x 2 x 1 patches of an image of 12 x 14 x 10 voxels, each with a network of its own. */
const networks = {
  multi_network: true,
  preprocessing_dict: { mode: "patch", patch_size: 7, stride_size: 5 },
  epochs: 2,
};

let folder: string;
/** Trained in turn. */
let whole: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  await writePhantomStudy(folder, { train: 6, validation: 4 });
  whole = join(folder, "whole");
  await trainPhantom(phantomExperiment(folder, networks), whole);
});
afterAll(() => rmSync(folder, { recursive: true }));

const inPairs = () => phantomExperiment(folder, { ...networks, networks_at_once: 2 });

describe("networks that train side by side", () => {
  it("are there at the same time, and give what they give in turn, bit for bit", async () => {
    const engine = await pairingEngine(2, 1);
    const maps = join(folder, "pairs");
    const { outcome } = await trainPhantom(inPairs(), maps, { engine });
    expect(outcome.reason).toBe("completed");
    expect(outcome.splits.map(({ network }) => network)).toEqual([0, 1, 2, 3]);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("fail alone: the others are trained, and a resumption trains what is left", async () => {
    const maps = join(folder, "failed");
    const { outcome } = await trainPhantom(inPairs(), maps, { engine: await failingEngine(1) });
    expect(outcome.reason).toBe("failed");
    const reasons = outcome.splits.map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === "failed")).toHaveLength(1);
    expect(reasons.filter((reason) => reason === "completed")).toHaveLength(3);
    expect(outcome.failures).toEqual([NO_MEMORY]);

    expect((await resumePhantom(maps)).reason).toBe("completed");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("stop together, with a checkpoint each, and begin no other", async () => {
    const maps = join(folder, "stopped");
    const controller = new AbortController();
    const begun = new Set<number | null>();
    const { outcome } = await trainPhantom(inPairs(), maps, {
      engine: await pairingEngine(2, 1),
      signal: controller.signal,
      observer: (event, { network }) => {
        // As soon as both are there: one of them may come to its end before the other's first batch.
        if (event.kind === "start") begun.add(network);
        if (begun.size === 2) controller.abort();
      },
    });
    expect(outcome.reason).toBe("stopped");
    expect(outcome.splits.map(({ network, reason }) => [network, reason])).toEqual([
      [0, "stopped"],
      [1, "stopped"],
    ]);
    await resumePhantom(maps);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it.each([
    ["the MAPS", (maps: string) => mapsPlace(maps)],
    ["the network that trains", (maps: string) => mapsPlace(maps).split(0).network(1)],
  ])("begin no other when one comes to its own end while %s is asked to stop", async (_, asked) => {
    const maps = temporaryFolder();
    rmSync(maps, { recursive: true });
    const { outcome, events } = await trainPhantom(phantomExperiment(folder, networks), maps, {
      observer: (event, { network }) => {
        if (event.kind === "end" && network === 1) writeFileSync(asked(maps).stopJson, '{"when":"epoch"}');
      },
    });
    expect(outcome.reason).toBe("stopped");
    expect(outcome.splits.map(({ network, reason }) => [network, reason])).toEqual([
      [0, "completed"],
      [1, "completed"],
    ]);
    expect(events.filter(({ kind }) => kind === "start")).toHaveLength(2);
    expect(existsSync(asked(maps).stopJson)).toBe(false);
    const place = mapsPlace(maps).split(0);
    expect((await readRun(place.network(1).runJson))?.end).toMatchObject({ reason: "completed" });
    expect((await readRun(place.network(2).runJson))?.end).toMatchObject({ reason: "stopped" });
    expect(await readMaps(maps)).toMatchObject({ status: "stopped" });

    expect((await resumePhantom(maps)).reason).toBe("completed");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("write the results when a stop comes with the end of the last", async () => {
    const maps = temporaryFolder();
    rmSync(maps, { recursive: true });
    const { outcome } = await trainPhantom(phantomExperiment(folder, networks), maps, {
      observer: (event, { network }) => {
        if (event.kind === "end" && network === 3)
          writeFileSync(mapsPlace(maps).stopJson, '{"when":"epoch"}');
      },
    });
    expect(outcome.reason).toBe("completed");
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("are named in every line of the terminal", async () => {
    const { observer, lines, drawn } = linesOfTraining();
    await trainPhantom(inPairs(), join(folder, "told"), { observer, engine: await pairingEngine(2, 1) });
    for (const network of [0, 1, 2, 3]) {
      const own = lines.filter((line) => new RegExp(`network ${network}\\b`).test(line));
      expect(own.map((line) => line.slice(0, 22))).toEqual([
        `split 0, network ${network}: cu`,
        `  network ${network}: epoch 1/2`,
        `  network ${network}: epoch 2/2`,
        `  network ${network}: All 2 epo`,
      ]);
    }
    expect(lines).toHaveLength(4 * 4);
    expect(drawn.some((line) => /^network 0: epoch 1\/2 .* \| network 1: epoch/.test(line))).toBe(true);
    expect(drawn.at(-1)).toBe("");
  });
});

describe("how many train side by side", () => {
  const described = { library: "TensorFlow.js", version: "4", device: "GPU", threads: 4 };
  const refuse = () => Promise.reject(new Error("Nothing is trained here."));
  const inTurn: Engine = { name: "tensorflow", description: described, predictor: refuse, trainer: refuse };
  const several: Engine = {
    ...inTurn,
    sideBySide: (models) => ({ ...inTurn, description: { ...described, threads: models } }),
  };
  const room = { cores: 4, memory: 16e9 };
  const chosen = (experiment: Experiment, count: number, splits: number, engine: Engine, free = room) => {
    const notices: string[] = [];
    const networks = Array.from({ length: count }, (_, network) => network);
    const network = experimentNetwork(experiment, { inputSize: [1, 12, 14, 10], classes: 2 });
    const asked = { experiment, networks, network };
    const { engine: used, ...rest } = sideBySide(asked, splits, engine, free, (notice) =>
      notices.push(phraseText(notice)),
    );
    return { threads: used.description.threads, ...rest, notices };
  };
  const asked = (networks_at_once: number, count: number, engine: Engine) => {
    const experiment = phantomExperiment("/study", { networks_at_once });
    const { splitsAtOnce, ...rest } = chosen(experiment, count, 1, engine);
    expect(splitsAtOnce).toBe(1);
    return rest;
  };

  it("is what was asked for, at most the number of networks", () => {
    expect(asked(3, 36, several)).toEqual({ atOnce: 3, threads: 3, notices: [] });
    expect(asked(8, 2, several)).toEqual({ atOnce: 2, threads: 2, notices: [] });
  });

  it("leaves the engine as it is for one", () => {
    expect(asked(1, 36, several)).toEqual({ atOnce: 1, threads: 4, notices: [] });
    expect(asked(4, 1, several)).toEqual({ atOnce: 1, threads: 4, notices: [] });
  });

  it("is one, and that is said, where the engine takes turns", () => {
    expect(asked(3, 36, inTurn)).toEqual({
      atOnce: 1,
      threads: 4,
      notices: ["The networks train in turn: TensorFlow.js (GPU) does not train several side by side."],
    });
  });

  const ofSplits = (splits_at_once: number | "auto", splits: number, engine: Engine, free?: Room) => {
    const { splitsAtOnce, threads, notices } = chosen(
      phantomExperiment("/study", { splits_at_once }),
      1,
      splits,
      engine,
      free,
    );
    return { splitsAtOnce, threads, notices };
  };
  const onProcessor: Engine = {
    ...several,
    description: { ...described, device: "CPU" },
    sideBySide: (models) => ({
      ...inTurn,
      description: { ...described, device: "CPU", threads: Math.floor(described.threads / models) },
    }),
  };
  const told = (splits: number, threads: string) => [
    `${splits} splits train side by side, each of their networks with ${threads}.`,
  ];

  it.each([
    ["as many splits as are asked for", 2, 5, { splitsAtOnce: 2, threads: 2, notices: told(2, "2 threads") }],
    ["no more than are left", 4, 2, { splitsAtOnce: 2, threads: 2, notices: told(2, "2 threads") }],
    ["one where none is left", 4, 0, { splitsAtOnce: 1, threads: 4, notices: [] }],
    ["a split a thread", "auto", 5, { splitsAtOnce: 4, threads: 1, notices: told(4, "1 thread") }],
  ] as const)("takes %s", (_, wanted, splits, outcome) => {
    expect(ofSplits(wanted, splits, onProcessor)).toEqual(outcome);
  });

  it("takes with auto no more splits than there is free memory for, but one in any case", () => {
    const bytes = trainingBytes(
      experimentNetwork(phantomExperiment("/study"), { inputSize: [1, 12, 14, 10], classes: 2 }),
      phantomExperiment("/study"),
    );
    const free = (memory: number) => ofSplits("auto", 5, onProcessor, { cores: 4, memory }).splitsAtOnce;
    expect(free((2.9 * bytes) / 0.8)).toBe(2);
    expect(free((3 * bytes) / 0.8 + 1)).toBe(3);
    expect(free(0)).toBe(1);
  });

  it("takes with auto one split on a graphics card, whose free memory nobody tells", () => {
    expect(ofSplits("auto", 5, several).splitsAtOnce).toBe(1);
    expect(ofSplits(2, 5, several).splitsAtOnce).toBe(2);
    expect(ofSplits(2, 5, inTurn)).toEqual({
      splitsAtOnce: 1,
      threads: 4,
      notices: ["The splits train in turn: TensorFlow.js (GPU) does not train several side by side."],
    });
  });

  it("shares the threads among the networks of all splits", () => {
    const experiment = phantomExperiment("/study", {
      multi_network: true,
      preprocessing_dict: { mode: "patch" },
      networks_at_once: 2,
      splits_at_once: "auto",
    });
    expect(chosen(experiment, 8, 5, onProcessor)).toMatchObject({ atOnce: 2, splitsAtOnce: 2, threads: 1 });
  });
});

describe("runs at once", () => {
  it("begin in order, never more than so many, and answer in order", async () => {
    const log: string[] = [];
    const ends: (() => void)[] = [];
    const answers = runAtOnce(
      ["a", "b", "c"],
      2,
      async (item) => {
        log.push(`begin ${item}`);
        await new Promise<void>((resolve) => ends.push(resolve));
        return item.toUpperCase();
      },
      () => false,
    );
    expect(log).toEqual(["begin a", "begin b"]);
    ends[1]!();
    await new Promise(setImmediate);
    expect(log).toEqual(["begin a", "begin b", "begin c"]);
    ends[2]!();
    ends[0]!();
    expect(await answers).toEqual(["A", "B", "C"]);
  });

  it("begin no other after the last answer", async () => {
    const run = async (item: number) => item * 10;
    expect(await runAtOnce([1, 2, 3], 1, run, (answer) => answer === 20)).toEqual([10, 20]);
  });

  it("throw when the others have ended", async () => {
    let ended = false;
    const runs = runAtOnce(
      ["fails", "goes on", "never begins"],
      2,
      async (item) => {
        if (item === "fails") throw new Error("It failed.");
        expect(item).toBe("goes on");
        await new Promise(setImmediate);
        ended = true;
      },
      () => false,
    );
    await expect(runs).rejects.toThrow("It failed.");
    expect(ended).toBe(true);
  });
});
