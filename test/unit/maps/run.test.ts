import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { startRun } from "../../../src/maps/units/lock";
import { isRunning, thisProcess } from "../../../src/maps/units/processIdentity";
import {
  HEARTBEAT_INTERVAL,
  HEARTBEAT_LIFE,
  isAlive,
  type RunRecord,
  readRun,
} from "../../../src/maps/units/run";
import { clearStopRequest, requestStop, stopRequest } from "../../../src/maps/units/stopRequest";
import { wait } from "../../support/effort";
import { temporaryFolder } from "../../support/folder";

const description = { command: ["gyrus", "train", "x.experiment.json"], gyrusVersion: "0.1.0" };

const record = (changes: Partial<RunRecord> = {}): RunRecord => ({
  ...thisProcess(),
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
  it("recognises this process, and not another of the same number", () => {
    expect(isRunning(thisProcess())).toBe(true);
    const { processStart } = thisProcess();
    if (processStart !== null)
      expect(isRunning({ ...thisProcess(), processStart: `${processStart}1` })).toBe(false);
  });

  it("recognises a process that has ended", async () => {
    const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
    const identity = { pid: child.pid!, host: hostname(), processStart: null };
    expect(isRunning(identity)).toBe(true);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(isRunning(identity)).toBe(false);
  });

  it("cannot tell on another machine", () => {
    expect(isRunning({ ...thisProcess(), host: "elsewhere" })).toBeNull();
  });
});

describe("isAlive", () => {
  it("believes the process on this machine, whatever its heartbeat", () => {
    expect(isAlive(record({ heartbeat: 0 }))).toBe(true);
  });

  it("believes the heartbeat of another machine for a while", () => {
    const run = record({ host: "elsewhere", heartbeat: 10_000 });
    expect(isAlive(run, 10_000 + HEARTBEAT_LIFE - 1)).toBe(true);
    expect(isAlive(run, 10_000 + HEARTBEAT_LIFE)).toBe(false);
  });

  it("is over once the run has recorded its end", () => {
    expect(isAlive(ended("completed"))).toBe(false);
  });
});

describe("startRun", () => {
  it("records who trains, and how it ended", async () => {
    const maps = temporaryFolder();
    const run = await startRun(maps, description);
    expect(await readRun(maps)).toMatchObject({ ...thisProcess(), ...description, engine: null, end: null });
    await run.setEngine("onnxruntime 1.30, CPU");
    expect(await readRun(maps)).toMatchObject({ engine: "onnxruntime 1.30, CPU" });
    await run.end("stopped", "On request.");
    expect(await readRun(maps)).toMatchObject({ end: { reason: "stopped", message: "On request." } });
    expect(readdirSync(maps)).toEqual(["run.json"]);
  });

  it("refuses a second trainer while the first is at work, and lets it in afterwards", async () => {
    const maps = temporaryFolder();
    const run = await startRun(maps, description);
    await expect(startRun(maps, description)).rejects.toThrow("Another training has been at work here");
    await run.end("completed", "");
    const next = await startRun(maps, description);
    await next.end("completed", "");
  });

  it("lets one of several trainers in that start at the same moment", async () => {
    const maps = temporaryFolder();
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => startRun(maps, description)));
    const won = results.filter((result) => result.status === "fulfilled");
    expect(won).toHaveLength(1);
    await won[0]!.value.end("completed", "");
  });

  it("takes over from a trainer that was killed", async () => {
    const maps = temporaryFolder();
    const pid = Number(execFileSync(process.execPath, ["-p", "process.pid"]));
    writeFileSync(mapsPlace(maps).runJson, JSON.stringify(record({ pid, processStart: null })));
    const run = await startRun(maps, description);
    await run.end("completed", "");
  });

  it("takes over where run.json is damaged, and where a guard was left behind", async () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).runJson, '{"pid": 12');
    expect(await readRun(maps)).toBeNull();
    const guard = `${mapsPlace(maps).runJson}.lock`;
    writeFileSync(guard, "");
    utimesSync(guard, new Date(0), new Date(0));
    const run = await startRun(maps, description);
    await run.end("completed", "");
    expect(existsSync(guard)).toBe(false);
  });

  it("renews its heartbeat, and does not bring back a folder that was deleted", async () => {
    const maps = join(temporaryFolder(), "maps");
    mkdirSync(maps);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
    const run = await startRun(maps, description);
    const first = await readRun(maps);
    vi.advanceTimersByTime(2 * HEARTBEAT_INTERVAL);
    await vi.waitFor(
      async () => expect((await readRun(maps))!.heartbeat).toBe(first!.heartbeat + 2 * HEARTBEAT_INTERVAL),
      wait,
    );
    rmSync(maps, { recursive: true });
    vi.advanceTimersByTime(HEARTBEAT_INTERVAL);
    await expect(run.end("completed", "")).rejects.toThrow("ENOENT");
    expect(existsSync(maps)).toBe(false);
  });
});

describe("a stop request", () => {
  it("says when to stop, until it is taken away", async () => {
    const maps = temporaryFolder();
    expect(stopRequest(maps)).toBeNull();
    await requestStop(maps, "epoch");
    expect(stopRequest(maps)).toBe("epoch");
    await requestStop(maps, "batch");
    expect(stopRequest(maps)).toBe("batch");
    await clearStopRequest(maps);
    expect(stopRequest(maps)).toBeNull();
    await clearStopRequest(maps);
  });

  it("may be an empty file made by hand", () => {
    const maps = temporaryFolder();
    writeFileSync(mapsPlace(maps).stopJson, "");
    expect(stopRequest(maps)).toBe("batch");
    expect(readFileSync(mapsPlace(maps).stopJson, "utf8")).toBe("");
  });
});
