/** Whether trainers are at work of which no system can tell: they run elsewhere, or by a clock of their own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { Presence } from "../../../src/maps/units/presence";
import { HEARTBEAT_LIFE, readRecords } from "../../../src/maps/units/records";
import { Units } from "../../../src/maps/units/units";
import { type Awaited, WaitEnded } from "../../../src/maps/units/waiting";
import { wait } from "../../support/effort";
import { temporaryFolder } from "../../support/folder";

const HOUR = 3_600_000;
const LIFE = 600;
const description = { command: ["gyrus"], gyrusVersion: "0.2.0", engine: "onnx" };

/** A MAPS whose trainer, on another machine, gave its last sign `ago` milliseconds ago by this clock. */
function trainedElsewhere(
  ago: number,
  trainer: { pid: number; host: string; processStart: string | null } = {
    pid: 4711,
    host: "elsewhere",
    processStart: "boot/1",
  },
) {
  const maps = temporaryFolder();
  const { logs, runJson } = mapsPlace(maps).split(0).network();
  mkdirSync(logs, { recursive: true });
  const beat = (heartbeat: number) => {
    const record = {
      ...trainer,
      started: 1,
      ...description,
      end: null,
    };
    writeFileSync(`${runJson}.new`, JSON.stringify({ ...record, heartbeat }));
    renameSync(`${runJson}.new`, runJson);
  };
  const first = Date.now() - ago;
  beat(first);
  return { maps, beat: (count: number) => beat(first + count * 5_000) };
}

async function open(maps: string, { join = false, signal }: { join?: boolean; signal?: AbortSignal } = {}) {
  const told: Awaited[] = [];
  const began = performance.now();
  const options = { join, signal, presence: new Presence(LIFE), onWait: (one: Awaited) => told.push(one) };
  const units = await Units.open(maps, description, options).catch((error: unknown) => error);
  return { units, told, took: performance.now() - began };
}

/** As a trainer does that lives. */
function keepBeating(beat: (count: number) => void): void {
  let count = 0;
  const heart = setInterval(() => beat(++count), LIFE / 5);
  onTestFinished(() => clearInterval(heart));
}

describe("a trainer on another machine", () => {
  it("that gave its last sign the day before is gone, without a wait", async () => {
    const { maps } = trainedElsewhere(24 * HOUR);
    expect(await open(maps)).toMatchObject({ units: expect.any(Units), told: [] });
  });

  it.each([
    ["a moment ago", 0],
    ["by a clock that is an hour ahead", -HOUR],
    ["by a clock that is an hour behind", HOUR],
  ])("that gave its last sign %s is gone when none follows; who waits says for what", async (_, ago) => {
    const { maps } = trainedElsewhere(ago);
    const { units, told } = await open(maps);
    expect(units).toBeInstanceOf(Units);
    expect(told).toEqual([
      { kind: "sign", pid: 4711, host: "elsewhere", since: expect.any(Number), most: expect.any(Number) },
    ]);
    // Found gone, it does not stand in the way of a unit either.
    const taken = units instanceof Units ? await units.take(mapsPlace(maps).split(0).network()) : null;
    expect(taken).not.toBeNull();
    await taken?.end({ reason: "stopped", problems: [] });
  });

  it.each([
    ["a moment ago", 0],
    ["by a clock that is an hour ahead", -HOUR],
    ["by a clock that is an hour behind", HOUR],
  ])("that gave its last sign %s and goes on giving some is at work", async (_, ago) => {
    const { maps, beat } = trainedElsewhere(ago);
    keepBeating(beat);
    expect(String((await open(maps)).units)).toContain("Another training has been at work here");
  });

  it.each([
    ["ahead", -HOUR],
    ["behind", HOUR],
  ])("with a clock that is %s is joined, and keeps what it holds", async (_, ago) => {
    const { maps, beat } = trainedElsewhere(ago);
    keepBeating(beat);
    const { units } = await open(maps, { join: true });
    expect(units).toBeInstanceOf(Units);
    if (units instanceof Units) expect(await units.take(mapsPlace(maps).split(0).network())).toBeNull();
  });

  it("with a clock that is behind keeps what it takes after this one came", async () => {
    const { maps } = trainedElsewhere(24 * HOUR);
    const { units } = await open(maps, { join: true });
    const other = trainedElsewhere(HOUR);
    const place = mapsPlace(maps).split(1).network();
    mkdirSync(place.logs, { recursive: true });
    renameSync(mapsPlace(other.maps).split(0).network().runJson, place.runJson);
    if (!(units instanceof Units)) throw units;
    expect(await units.isFree(place)).toBe(false);
    // Its sign has stood still for a life since.
    await vi.waitFor(async () => expect(await units.isFree(place)).toBe(true), wait);
  });

  it("is not waited for by who joins, where it gave a sign of late", async () => {
    const { maps } = trainedElsewhere(0);
    const { units, told } = await open(maps, { join: true });
    expect(told).toEqual([]);
    if (units instanceof Units) expect(await units.take(mapsPlace(maps).split(0).network())).toBeNull();
  });

  it("is waited for no longer than until a stop is asked for", async () => {
    const { maps } = trainedElsewhere(-HOUR);
    const { units, took } = await open(maps, { signal: AbortSignal.abort() });
    expect(units).toBeInstanceOf(WaitEnded);
    expect(took).toBeLessThan(LIFE);
  });
});

describe("the trainer of one unit, on a machine whose clock is minutes away from this one", () => {
  const watch = async (maps: string) => {
    const presence = new Presence(LIFE);
    const unit = mapsPlace(maps).split(0).network();
    await presence.watchUnit(unit);
    return await Units.open(maps, description, { presence, own: unit }).then((units) => units.take(unit));
  };

  it.each([HEARTBEAT_LIFE * 3, -HEARTBEAT_LIFE * 3])(
    "is left alone while it beats (%i ms behind)",
    async (ago) => {
      const { maps, beat } = trainedElsewhere(ago);
      keepBeating(beat);
      expect(await watch(maps)).toBeNull();
    },
  );

  it("is gone when its heart stands still for a whole life under the eyes of who comes", async () => {
    const { maps } = trainedElsewhere(HEARTBEAT_LIFE * 3);
    expect(await watch(maps)).not.toBeNull();
  });

  it("is seen to live in a view that has looked twice", async () => {
    const { maps, beat } = trainedElsewhere(HEARTBEAT_LIFE * 3);
    const alive = async () => (await readRecords(maps)).map((unit) => unit.alive);
    expect(await alive()).toEqual([false]);
    beat(1);
    expect(await alive()).toEqual([true]);
  });

  it("is gone at once where it ran here and was killed, however young its last sign", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const { maps, beat } = trainedElsewhere(0, { pid, host: hostname(), processStart: null });
    const alive = async () => (await readRecords(maps)).map((unit) => unit.alive);
    expect(await alive()).toEqual([false]);
    beat(Date.now());
    expect(await alive()).toEqual([false]);
  });
});
