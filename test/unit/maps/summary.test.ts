import { appendFileSync, cpSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failurePhrase } from "../../../src/experiment/problems/failurePhrase";
import { keepFailure } from "../../../src/experiment/problems/keptProblem";
import { problem } from "../../../src/experiment/problems/makeProblem";
import { describeProblem } from "../../../src/experiment/problems/problem";
import { EventLog } from "../../../src/maps/events/eventLog";
import { createMaps } from "../../../src/maps/folder/createMaps";
import { findExperiments } from "../../../src/maps/folder/findExperiments";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { requestStop } from "../../../src/maps/units/stopRequest";
import { Units } from "../../../src/maps/units/units";
import { saveModel } from "../../../src/maps/weights/model";
import type { RunEventBody } from "../../../src/run/events";
import { effort } from "../../support/effort";
import { batchEvent, endEvent, epochEvent, startEvent } from "../../support/events";
import { experimentOf } from "../../support/experiment";
import { temporaryFolder } from "../../support/folder";
import { summaryOf } from "../../support/summaryOf";

async function makeMaps(
  maps = join(temporaryFolder(), "maps"),
  json: Record<string, unknown> = {},
): Promise<string> {
  await createMaps(maps, {
    experiment: experimentOf({ label_code: { AD: 0, CN: 1 }, epochs: 10, ...json }),
    facts: { partsPerImage: 1, inputSize: [1, 9, 9, 9], outputSize: 2 },
    gyrusVersion: "0.1.0",
    environment: { gyrus: "0.1.0" },
    model: "Conv5_FC3",
    trainValidation: [],
    trainingSpace: [],
    trainingScans: [],
    audit: { accepted: [], findings: [] },
    splits: [{ split: 0, train: [], validation: [] }],
  });
  return maps;
}

function log(maps: string, events: readonly RunEventBody[], split = 0, network: number | null = null): void {
  const writer = EventLog.open(mapsPlace(maps).split(split).network(network).eventsJsonl);
  for (const event of events) writer.append(event);
  writer.close();
}

const description = { command: [], gyrusVersion: "0.1.0", engine: "onnxruntime" };
const best = (epoch: number, value: number) => ({ loss: { epoch, value, validation: { loss: value } } });

describe("readMaps", () => {
  it("tells a running training: status, settings, epoch, best values so far", async () => {
    const maps = await makeMaps();
    const units = await Units.open(maps, description);
    await units.take(mapsPlace(maps).split(0).network());
    log(maps, [
      startEvent(),
      batchEvent(0, 0),
      epochEvent(0),
      batchEvent(1, 0),
      epochEvent(1, { best: best(1, 0.4) }),
    ]);
    log(maps, [batchEvent(2, 0)]);
    await saveModel(mapsPlace(maps).split(0).network().bestModel("loss"), {
      state: new Map(),
      epoch: 1,
      name: "x",
    });
    const summary = await summaryOf(maps);
    expect(summary).toMatchObject({
      status: "running",
      settings: {
        gyrusVersion: "0.1.0",
        task: "classification",
        architecture: "Conv5_FC3",
        label: "diagnosis",
        classes: ["AD", "CN"],
        selectionMetrics: ["loss", "BA"],
        patience: 10,
        epochs: 10,
      },
      progress: { split: 0, network: null, epoch: 3 },
      groups: ["train", "validation"],
      problems: [],
    });
    expect(summary.splits).toEqual([
      {
        split: 0,
        metrics: ["loss"],
        inTraining: [null],
        networks: [
          {
            network: null,
            epoch: 2,
            end: null,
            source: "events",
            best: [{ metric: "loss", value: 0.4, epoch: 1 }],
          },
        ],
      },
    ]);
    expect(Date.now() - summary.changed).toBeLessThan(60_000);
    await requestStop(mapsPlace(maps), "batch");
    expect(await summaryOf(maps)).toMatchObject({ status: "stopping" });
    const problems = [problem("engine.failed", {}, { reason: "No memory." })];
    await units.close({ reason: "failed", problems });
    expect(await summaryOf(maps)).toMatchObject({
      status: "failed",
      failure: failurePhrase(keepFailure(problems)),
      splits: [{ split: 0, inTraining: [] }],
    });
  });

  it("tells how each network of a multi-network stands", async () => {
    const maps = await makeMaps();
    log(
      maps,
      [startEvent({ network: 0 }), epochEvent(0), epochEvent(1), endEvent({ reason: "early_stopping" })],
      0,
      0,
    );
    log(maps, [startEvent({ network: 10 })], 0, 10);
    await new Promise((done) => setTimeout(done, 5));
    log(maps, [startEvent({ network: 2 }), epochEvent(0)], 0, 2);
    const { splits, progress } = await summaryOf(maps);
    expect(splits[0]!.networks.map(({ network, epoch, end }) => [network, epoch, end])).toEqual([
      [0, 2, "early_stopping"],
      [2, 1, null],
      [10, 0, null],
    ]);
    expect(progress).toEqual({ split: 0, network: 2, epoch: 1 });
  });

  it.each([
    ["reconstruction", "AE_Conv5_FC3", "PSNR"],
    ["regression", "Conv5_FC3", "MAE"],
  ])("names first what leads a %s", async (network_task, architecture, leading) => {
    const maps = await makeMaps(undefined, { network_task, architecture, label_code: null });
    const metrics = ["MAE", "PSNR", "RMSE", "loss"];
    const one = { epoch: 0, value: 0.5, validation: { loss: 0.5 } };
    log(maps, [
      startEvent(),
      epochEvent(0, { best: Object.fromEntries(metrics.map((name) => [name, one])) }),
    ]);
    const { splits } = await summaryOf(maps);
    expect(splits[0]?.networks[0]?.best.map(({ metric }) => metric)).toEqual([
      leading,
      ...metrics.filter((metric) => metric !== leading),
    ]);
  });

  it("does not count epochs that a resumption runs again", async () => {
    const maps = await makeMaps();
    log(maps, [startEvent(), epochEvent(0, { best: best(0, 0.6) }), epochEvent(1, { best: best(1, 0.1) })]);
    log(maps, [startEvent({ resumedAt: { epoch: 1, batch: 0 } }), batchEvent(1, 0)]);
    const { splits } = await summaryOf(maps);
    expect(splits[0]!.networks[0]).toMatchObject({
      epoch: 1,
      best: [{ metric: "loss", value: 0.6, epoch: 0 }],
    });
  });

  it("finds the last epoch behind a hundred thousand batches", async () => {
    const maps = await makeMaps();
    log(maps, [startEvent(), epochEvent(0, { best: best(0, 0.6) })]);
    const batch = (seq: number) =>
      `{"seq":${seq},"time":1,"kind":"batch","epoch":1,"batch":${seq},"loss":0.5,"samples":8,"seconds":0.2}\n`;
    appendFileSync(
      mapsPlace(maps).split(0).network().eventsJsonl,
      Array.from({ length: 100_000 }, (_, i) => batch(i + 2)).join(""),
    );
    const { splits } = await summaryOf(maps);
    expect(splits[0]!.networks[0]).toMatchObject({ epoch: 1, best: [{ metric: "loss", value: 0.6 }] });
  });

  it.each([
    [
      "a torn last line",
      (maps: string) =>
        appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, '{"seq":2,"time":1,"ki'),
      1,
    ],
    [
      "garbage at the end of the log",
      (maps: string) => appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, "\0\0\0\n{}\n"),
      1,
    ],
    ["an empty log", (maps: string) => truncateSync(mapsPlace(maps).split(0).network().eventsJsonl, 0), 0],
    [
      "a log of newer kinds",
      (maps: string) =>
        appendFileSync(mapsPlace(maps).split(0).network().eventsJsonl, '{"seq":2,"kind":"weather"}\n'),
      1,
    ],
  ])("goes on with %s", async (_, damage, epoch) => {
    const maps = await makeMaps();
    log(maps, [startEvent(), epochEvent(0)]);
    damage(maps);
    const summary = await summaryOf(maps);
    expect(summary.problems).toEqual([]);
    expect(summary.splits[0]!.networks[0]!.epoch).toBe(epoch);
  });

  it.each([
    [
      "a maps.json cut off",
      (maps: string) => truncateSync(mapsPlace(maps).mapsJson, 100),
      "not the JSON of a MAPS",
    ],
    [
      "a maps.json of another kind",
      (maps: string) => writeFileSync(mapsPlace(maps).mapsJson, "[1, 2]"),
      "not the JSON of a MAPS",
    ],
    ["a huge maps.json", (maps: string) => truncateSync(mapsPlace(maps).mapsJson, 2 ** 31), "too large"],
    ["a damaged run.json", (maps: string) => writeFileSync(mapsPlace(maps).runJson, "{"), "run.json"],
    [
      "a damaged run.json of a unit",
      (maps: string) => writeFileSync(mapsPlace(maps).split(0).network().runJson, "{"),
      "split-0/training_logs/run.json",
    ],
  ])("says so and goes on with %s", async (_, damage, problem) => {
    const maps = await makeMaps();
    log(maps, [startEvent(), epochEvent(0)]);
    damage(maps);
    const summary = await summaryOf(maps);
    expect(summary.problems).toHaveLength(1);
    expect(describeProblem(summary.problems[0]!)).toContain(problem);
    expect(summary.splits[0]!.networks[0]!.epoch).toBe(1);
  });

  it("takes what it knows from a maps.json of another version", async () => {
    const maps = await makeMaps();
    const json = {
      network_task: "dreaming",
      architecture: { layers: [] },
      label_code: { AD: 1, CN: 0, MCI: 1 },
      epochs: "many",
    };
    writeFileSync(
      mapsPlace(maps).mapsJson,
      JSON.stringify({ ...json, gyrus_version: "99.0.0", patience: 7 }),
    );
    expect((await summaryOf(maps)).settings).toEqual({
      gyrusVersion: "99.0.0",
      task: null,
      architecture: "custom",
      label: null,
      classes: ["CN", "AD+MCI"],
      selectionMetrics: [],
      patience: 7,
      tolerance: 0,
      epochs: null,
    });
  });

  it.each([
    ["99.0.0", "0.1.0", true],
    ["1.10.0", "1.9.5", true],
    ["1.2.9", "1.2.0", false],
    ["0.9.0", "1.0.0", false],
  ])("says whether a MAPS of %s is newer than %s", async (madeBy, ownVersion, newer) => {
    const maps = await makeMaps();
    writeFileSync(mapsPlace(maps).mapsJson, JSON.stringify({ gyrus_version: madeBy }));
    const summary = await readMaps(maps, { ownVersion });
    expect(summary?.problems).toHaveLength(newer ? 1 : 0);
  });

  it("shows NaN as a value", async () => {
    const maps = await makeMaps();
    log(maps, [startEvent(), epochEvent(0, { best: best(0, Number.NaN) }), endEvent({ reason: "nan" })]);
    const { splits } = await summaryOf(maps);
    expect(splits[0]!.networks[0]).toMatchObject({
      end: "nan",
      best: [{ metric: "loss", value: Number.NaN }],
    });
  });

  it("passes over stray files and folders", async () => {
    const maps = await makeMaps();
    log(maps, [startEvent()]);
    writeFileSync(join(maps, "split-notes.txt"), "");
    writeFileSync(join(maps, "split-7"), "");
    mkdirSync(join(maps, "split-1 (copy)"));
    mkdirSync(join(maps, "split-0", "best-"));
    expect((await summaryOf(maps)).splits.map(({ split }) => split)).toEqual([0]);
  });

  it("is null for what is no MAPS, or no longer one", async () => {
    const maps = await makeMaps();
    expect(await readMaps(join(maps, "groups"))).toBeNull();
    expect(await readMaps(join(maps, "groups", "train", "split-0"))).toBeNull();
    rmSync(maps, { recursive: true });
    expect(await readMaps(maps)).toBeNull();
  });

  it("reads names with blanks, other scripts and markup", async () => {
    const maps = await makeMaps(join(temporaryFolder(), "essai n° 1 </script> 健常"));
    expect(await summaryOf(maps)).toMatchObject({ maps, problems: [] });
  });

  it("reads twenty MAPS at ten times the cost of two", async () => {
    const root = temporaryFolder();
    const first = await makeMaps(join(root, "maps-0"));
    const units = await Units.open(first, description);
    await units.take(mapsPlace(first).split(0).network());
    log(first, [startEvent(), epochEvent(0), epochEvent(1), endEvent()]);
    for (const metric of ["loss", "BA"])
      await saveModel(mapsPlace(first).split(0).network().bestModel(metric), {
        state: new Map(),
        epoch: 1,
        name: "x",
      });
    await units.close({ reason: "completed", problems: [] });
    for (let i = 1; i < 20; i++) cpSync(first, join(root, `maps-${i}`), { recursive: true });
    const { maps } = await findExperiments(root);
    const read = async (some: readonly string[]) => {
      const summaries = await Promise.all(some.map((path) => readMaps(path)));
      expect(
        summaries.every((summary) => summary?.status === "finished" && summary.problems.length === 0),
      ).toBe(true);
    };
    const rounds = (some: readonly string[]) => async () => {
      for (let round = 0; round < 10; round++) await read(some);
    };
    expect(await effort(rounds(maps))).toBeLessThan(20 * (await effort(rounds(maps.slice(0, 2)))));
  });
});
