import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { problem } from "../../../src/experiment/problems/makeProblem";
import { mapsPlace } from "../../../src/maps/folder/place";
import { foldRecords } from "../../../src/maps/units/foldRecords";
import { isRunning, thisProcess } from "../../../src/maps/units/processIdentity";
import {
  HEARTBEAT_INTERVAL,
  HEARTBEAT_LIFE,
  isAlive,
  type RunRecord,
  readRun,
  speaking,
} from "../../../src/maps/units/records";
import { clearStopRequest, requestStop, stopRequest } from "../../../src/maps/units/stopRequest";
import { Units } from "../../../src/maps/units/units";
import { wait } from "../../support/effort";
import { temporaryFolder } from "../../support/folder";

const description = {
  command: ["gyrus", "train", "x.experiment.json"],
  gyrusVersion: "0.1.0",
  engine: "onnxruntime 1.30 (CPU)",
};

const unitOf = (maps: string, split = 0, network: number | null = null) =>
  mapsPlace(maps).split(split).network(network);

/** Comes into a MAPS and takes the unit of split 0. */
async function start(maps: string): Promise<Units> {
  const units = await Units.open(maps, description);
  await units.take(unitOf(maps));
  return units;
}

const own = await thisProcess();

const record = (changes: Partial<RunRecord> = {}): RunRecord => ({
  ...own,
  started: 1000,
  heartbeat: 2000,
  command: [],
  gyrusVersion: "0.1.0",
  engine: null,
  end: null,
  ...changes,
});

const ended = (reason: NonNullable<RunRecord["end"]>["reason"]) =>
  record({ end: { reason, time: 3000, message: "" } });

afterEach(() => {
  vi.useRealTimers();
});

describe("isRunning", () => {
  it("recognises this process, and not another of the same number", async () => {
    expect(await isRunning(own)).toBe(true);
    expect(await isRunning({ ...own, processStart: `${own.processStart}1` })).toBe(false);
  });

  it("recognises a process that has ended", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const identity = { pid: child.pid!, host: hostname(), processStart: null };
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await isRunning(identity)).toBe(false);
  });

  it.each([
    ["on another machine", { host: "elsewhere" }],
    [
      "of another boot: on another machine of this name, or before this one was started anew",
      { processStart: "boot/17" },
    ],
    [
      "where a process of that number runs, and no start tells whether it is the same",
      { processStart: null },
    ],
  ])("cannot tell %s", async (_, changes) => {
    expect(await isRunning({ ...own, ...changes })).toBeNull();
  });
});

describe("isAlive", () => {
  it("believes the process on this machine, whatever its heartbeat", async () => {
    expect(await isAlive(record({ heartbeat: 0 }))).toBe(true);
  });

  it.each([
    ["another machine", { host: "elsewhere" }],
    ["a process whose number may have been given to another", { processStart: null }],
  ])("believes the heartbeat of %s for a while, on both sides of now", async (_, changes) => {
    const run = record({ ...changes, heartbeat: 1_000_000 });
    const at = async (now: number) => await isAlive(run, 1_000_000 + now);
    expect(await at(HEARTBEAT_LIFE - 1)).toBe(true);
    expect(await at(HEARTBEAT_LIFE)).toBe(false);
    expect(await at(1 - HEARTBEAT_LIFE)).toBe(true);
    expect(await at(-HEARTBEAT_LIFE)).toBe(false);
  });

  it("is over once the run has recorded its end", async () => {
    expect(await isAlive(ended("completed"))).toBe(false);
  });
});

describe("Units of one process", () => {
  it("record who trains, and how it ended", async () => {
    const maps = temporaryFolder();
    const units = await start(maps);
    const { runJson } = unitOf(maps);
    expect(await readRun(runJson)).toMatchObject({ ...own, ...description, end: null });
    const problems = [problem("engine.failed", {}, { reason: "No memory." })];
    await units.close({ reason: "failed", problems });
    expect(await readRun(runJson)).toMatchObject({
      end: {
        reason: "failed",
        message: "No memory.",
        problems: [{ code: "engine.failed", values: { reason: "No memory." } }],
      },
    });
    expect(readdirSync(maps)).toEqual(["split-0"]);
    expect(readdirSync(unitOf(maps).logs)).toEqual(["run.json"]);
  });

  it("refuse a second trainer while the first is at work, and let it in afterwards", async () => {
    const maps = temporaryFolder();
    const units = await start(maps);
    await expect(start(maps)).rejects.toThrow("Another training has been at work here");
    await units.close({ reason: "completed", problems: [] });
    await (await start(maps)).close({ reason: "completed", problems: [] });
  });

  it("let one of several trainers in that start at the same moment", async () => {
    const maps = temporaryFolder();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => start(maps)));
    const won = results.filter((result) => result.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]!.value.close({ reason: "completed", problems: [] });
  });

  it("take over from a trainer that was killed, of this version or the first", async () => {
    const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"]));
    const maps = temporaryFolder();
    const { logs, runJson } = unitOf(maps);
    mkdirSync(logs, { recursive: true });
    for (const file of [mapsPlace(maps).runJson, runJson]) {
      writeFileSync(file, JSON.stringify(record({ pid, processStart: null })));
      await (await start(maps)).close({ reason: "completed", problems: [] });
    }
  });

  it("are refused while a trainer of the first version is at work", async () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).runJson, JSON.stringify(record()));
    await expect(start(maps)).rejects.toThrow("Another training has been at work here");
    const joined = await Units.open(maps, description, { join: true });
    expect(await joined.take(unitOf(maps))).toBeNull();
  });

  it("take over where run.json is damaged, and where a guard was left behind", async () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).runJson, '{"pid": 12');
    expect(await readRun(mapsPlace(maps).runJson)).toBeNull();
    const { guard } = mapsPlace(maps);
    writeFileSync(guard, "");
    utimesSync(guard, new Date(0), new Date(0));
    await (await start(maps)).close({ reason: "completed", problems: [] });
    expect(existsSync(guard)).toBe(false);
  });

  it("renew their heartbeat, and do not bring back a folder that was deleted", async () => {
    const maps = join(temporaryFolder(), "maps");
    mkdirSync(maps);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    const units = await start(maps);
    const { runJson } = unitOf(maps);
    const first = await readRun(runJson);
    vi.advanceTimersByTime(2 * HEARTBEAT_INTERVAL);
    await vi.waitFor(
      async () => expect((await readRun(runJson))!.heartbeat).toBe(first!.heartbeat + 2 * HEARTBEAT_INTERVAL),
      wait,
    );
    rmSync(maps, { recursive: true });
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL);
    expect(() => units.stopAsked()).toThrow("The MAPS was moved, renamed or deleted");
    await units.close({ reason: "completed", problems: [] });
    expect(existsSync(maps)).toBe(false);
  });

  it("say of one whose trainer was killed when all was done how it ended, and leave those that tell it", async () => {
    const maps = temporaryFolder();
    const write = (split: number, left: RunRecord) => {
      const { logs, runJson } = unitOf(maps, split);
      mkdirSync(logs, { recursive: true });
      writeFileSync(runJson, JSON.stringify(left));
    };
    write(0, record({ processStart: `${own.processStart}1` }));
    write(1, ended("early_stopping"));
    const units = await Units.open(maps, description);
    for (const split of [0, 1])
      await units.settle(unitOf(maps, split), { reason: "completed", problems: [] });
    await units.close({ reason: "completed", problems: [] });
    const ends = [0, 1].map(async (split) => (await readRun(unitOf(maps, split).runJson))?.end);
    expect(await Promise.all(ends)).toMatchObject([
      { reason: "completed" },
      { reason: "early_stopping", time: 3000 },
    ]);
  });

  it("hold on to the last one until the next is taken, so that the MAPS never looks abandoned", async () => {
    const maps = temporaryFolder();
    const units = await Units.open(maps, description);
    const first = await units.take(unitOf(maps, 0));
    await units.finish(first!, { reason: "early_stopping", problems: [] });
    expect((await readRun(unitOf(maps, 0).runJson))?.end).toBeNull();
    await units.take(unitOf(maps, 1));
    expect((await readRun(unitOf(maps, 0).runJson))?.end).toMatchObject({ reason: "early_stopping" });
    await units.close({ reason: "stopped", problems: [] });
    expect((await readRun(unitOf(maps, 1).runJson))?.end).toMatchObject({ reason: "stopped" });
  });
});

describe("Units of several processes", () => {
  it("are free until another one takes them, and again when it has ended", async () => {
    const maps = temporaryFolder();
    const first = await start(maps);
    const second = await Units.open(maps, description, { join: true });
    expect(await second.take(unitOf(maps))).toBeNull();
    expect(await second.isFree(unitOf(maps))).toBe(false);
    expect(await second.take(unitOf(maps, 1, 2))).not.toBeNull();
    expect(await first.take(unitOf(maps, 1, 2))).toBeNull();
    await first.close({ reason: "completed", problems: [] });
    expect(await second.take(unitOf(maps))).not.toBeNull();
    await second.close({ reason: "completed", problems: [] });
  });

  it("go to one only, whoever asks at the same moment", async () => {
    const maps = temporaryFolder();
    const all = await Promise.all(
      Array.from({ length: 6 }, () => Units.open(maps, description, { join: true })),
    );
    const taken = await Promise.all(all.map((units) => units.take(unitOf(maps))));
    expect(taken.filter((unit) => unit !== null)).toHaveLength(1);
    await Promise.all(all.map((units) => units.close({ reason: "completed", problems: [] })));
  });

  it("go on to another one while somebody who joined is at work", async () => {
    const maps = temporaryFolder();
    const first = await Units.open(maps, description);
    const unit = (await first.take(unitOf(maps)))!;
    const second = await Units.open(maps, description, { join: true });
    await second.take(unitOf(maps, 1));
    await first.finish(unit, { reason: "completed", problems: [] });
    await first.letGo();
    expect(await first.take(unitOf(maps, 2))).not.toBeNull();
    await Promise.all([first, second].map((units) => units.close({ reason: "completed", problems: [] })));
  });

  it("all stop on a request to the MAPS, which the last one takes away", async () => {
    const maps = temporaryFolder();
    const first = await start(maps);
    const second = await Units.open(maps, description, { join: true });
    await second.take(unitOf(maps, 1));
    await requestStop(mapsPlace(maps), "epoch");
    expect([first.stopAsked(), second.stopAsked()]).toEqual(["epoch", "epoch"]);
    await first.close({ reason: "stopped", problems: [] });
    expect(second.stopAsked()).toBe("epoch");
    await second.close({ reason: "stopped", problems: [] });
    expect(stopRequest(mapsPlace(maps))).toBeNull();
  });

  it("stop one by one on a request to a unit", async () => {
    const maps = temporaryFolder();
    const first = await start(maps);
    const second = await Units.open(maps, description, { join: true });
    await second.take(unitOf(maps, 1));
    await requestStop(unitOf(maps, 1), "batch");
    expect([first.stopAsked(), second.stopAsked()]).toEqual([null, "batch"]);
    await second.close({ reason: "stopped", problems: [] });
    expect(stopRequest(unitOf(maps, 1))).toBeNull();
    await first.close({ reason: "completed", problems: [] });
  });

  it("stop all in a process that holds several, though the request goes with the unit it was made to", async () => {
    const maps = temporaryFolder();
    const units = await Units.open(maps, description);
    const first = (await units.take(unitOf(maps, 0, 0)))!;
    await units.take(unitOf(maps, 0, 1));
    await requestStop(unitOf(maps, 0, 0), "batch");
    await units.finish(first, { reason: "stopped", problems: [] });
    expect(stopRequest(unitOf(maps, 0, 0))).toBeNull();
    expect(units.stopAsked()).toBe("batch");
    await units.close({ reason: "stopped", problems: [] });
  });

  it("forget an old request when nobody is there, and keep one that is meant for others", async () => {
    const maps = temporaryFolder();
    await requestStop(mapsPlace(maps), "batch");
    const first = await start(maps);
    expect(first.stopAsked()).toBeNull();
    await requestStop(mapsPlace(maps), "batch");
    const second = await Units.open(maps, description, { join: true });
    expect([first.stopAsked(), second.stopAsked()]).toEqual(["batch", "batch"]);
    await second.close({ reason: "stopped", problems: [] });
    await first.close({ reason: "stopped", problems: [] });
  });
});

describe("foldRecords", () => {
  const traces = { stopAsked: false, unfinished: true, trained: true, lastEnd: null };
  const of = (...records: readonly RunRecord[]) =>
    foldRecords(
      records.map((one) => ({ record: one, alive: one.end === null && one !== gone, stopAsked: false })),
      traces,
      3_000,
    );
  const gone = record({ host: "elsewhere", heartbeat: -HEARTBEAT_LIFE });

  it.each([
    ["running", [ended("failed"), record(), gone]],
    ["interrupted", [ended("failed"), gone, ended("completed")]],
    ["failed", [ended("stopped"), ended("nan"), ended("completed")]],
    ["stopped", [ended("completed"), ended("stopped"), ended("early_stopping")]],
    ["finished", [ended("completed"), ended("early_stopping")]],
  ] as const)("is %s where one unit is, and nothing asks for more attention", (state, records) => {
    expect(of(...records).status).toBe(state);
  });

  it("names each process at work once, or the one that was last", () => {
    expect(of(record(), record(), ended("completed")).trainers).toHaveLength(1);
    const last = record({ pid: 7, end: { reason: "completed", time: 9_000, message: "" } });
    expect(of(last, ended("stopped")).trainers).toEqual([last]);
  });

  it("gives the message of what the state is about", () => {
    const failed = record({ end: { reason: "failed", time: 2_000, message: "No memory." } });
    expect(of(failed, ended("completed")).failure?.message).toBe("No memory.");
  });

  it("passes the record of the first version over when a unit was trained after it", async () => {
    const unit = { record: record({ started: 5_000 }), alive: true, stopAsked: false };
    expect(await speaking(ended("stopped"), [unit])).toEqual([unit]);
    expect(await speaking(ended("stopped"), [])).toHaveLength(1);
  });
});

describe("a stop request", () => {
  it("says when to stop, until it is taken away", async () => {
    const maps = temporaryFolder();
    expect(stopRequest(mapsPlace(maps))).toBeNull();
    await requestStop(mapsPlace(maps), "epoch");
    expect(stopRequest(mapsPlace(maps))).toBe("epoch");
    await requestStop(mapsPlace(maps), "batch");
    expect(stopRequest(mapsPlace(maps))).toBe("batch");
    await clearStopRequest(mapsPlace(maps));
    expect(stopRequest(mapsPlace(maps))).toBeNull();
    await clearStopRequest(mapsPlace(maps));
  });

  it("may be an empty file made by hand", () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).stopJson, "");
    expect(stopRequest(mapsPlace(maps))).toBe("batch");
    expect(readFileSync(mapsPlace(maps).stopJson, "utf8")).toBe("");
  });
});
