/** Who asks a training to stop, and readers that go away: the real program, stopped at an operation, never at a time. */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { readEvents } from "../../support/readEvents";
import { CLI, hook, trainerProgram, writeResumableStudy } from "../../support/trainerProgram";

let folder: string;
let file: string;
let whole: string;
/** Before the operation on files in the middle of the training. */
let middle: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  file = await writeResumableStudy(folder, 6);
  whole = join(folder, "whole");
  const counted = join(folder, "operations");
  const { code, errors } = await trainerProgram(["train", file, "--output", whole], {
    GYRUS_COUNT_TO: counted,
  });
  expect(code, errors).toBe(EXIT.done);
  middle = String(Math.floor(Number(readFileSync(counted, "utf8")) / 2));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = (maps: string) => mapsPlace(maps).split(0).network();

/** Asks for a stop in the middle of a training. The MAPS and what the program said. */
async function stopped(signals: string, { unread = false } = {}) {
  const maps = join(temporaryFolder(), "maps");
  const { code, signal, errors } = await trainerProgram(
    ["train", file, "--output", maps],
    { GYRUS_KILL_AT: middle, GYRUS_SIGNALS: signals },
    { unread },
  );
  expect({ code, signal }, errors).toEqual({ code: EXIT.stopped, signal: null });
  return { maps, errors };
}

async function expectToGoOn(maps: string): Promise<void> {
  expect(existsSync(join(unit(maps).checkpoints, "training_state.json"))).toBe(true);
  const { events } = await readEvents(unit(maps).eventsJsonl);
  expect(events.at(-1)).toMatchObject({ kind: "end", reason: "stopped" });
  const { code, errors } = await trainerProgram(["resume", maps]);
  expect(code, errors).toBe(EXIT.done);
  expect(await contentOf(maps)).toEqual(await contentOf(whole));
}

// Windows has none of these signals: a process that is sent one ends at once.
describe.skipIf(process.platform === "win32")("a training that is asked to stop", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU"])(
    "by %s ends its batch, writes a checkpoint and says so; resumed, it is as if nothing had been",
    async (signal) => {
      const { maps, errors } = await stopped(signal);
      expect(errors).toMatch(/^Stopping after this weight update/m);
      expect(errors).toContain(`gyrus resume ${maps}`);
      expect(errors).not.toContain("Debugger");
      await expectToGoOn(maps);
    },
  );

  it.each(["SIGHUP SIGHUP", "SIGUSR1 SIGTERM", "SIGINT SIGINT"])(
    "by %s, as one cause can send them, does so too",
    async (signals) => expectToGoOn((await stopped(signals)).maps),
  );

  it("by Ctrl+C that has ended the reader of its output as well does so too", async () =>
    expectToGoOn((await stopped("SIGINT", { unread: true })).maps));
});

/** A line of a shell with the trainer in it, in a process group of its own. */
function inShell(line: string, maps: string, environment: Readonly<Record<string, string>> = {}) {
  const words = ["--import", hook, CLI, "train", file, "--output", maps];
  return spawn("sh", ["-c", line, process.execPath, ...words], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, ...environment },
  });
}

/** How the training of `maps` ended, once it has: the shell may be gone before. */
async function endOf(maps: string): Promise<unknown> {
  await expect
    .poll(() => (existsSync(unit(maps).runJson) ? endIn(unit(maps).runJson) : null), {
      timeout: 300_000,
      interval: 50,
    })
    .not.toBeNull();
  return endIn(unit(maps).runJson);
}

const endIn = (runJson: string): unknown => JSON.parse(readFileSync(runJson, "utf8")).end;

describe.skipIf(process.platform === "win32")("in a shell", () => {
  it("a training whose messages go to a reader that takes one line trains to its end", async () => {
    const maps = join(temporaryFolder(), "maps");
    inShell('"$0" "$@" 2>&1 | head -1', maps);
    expect(await endOf(maps)).toMatchObject({ reason: "completed" });
    const expected = await contentOf(whole);
    // What is made of its results comes after the end of its network.
    await vi.waitFor(async () => expect(await contentOf(maps)).toEqual(expected), {
      timeout: 300_000,
      interval: 200,
    });
  });

  it("Ctrl+C that ends the tee of its messages as well stops it with a checkpoint", async () => {
    const maps = join(temporaryFolder(), "maps");
    const environment = { GYRUS_KILL_AT: middle, GYRUS_SIGNALS: "SIGINT", GYRUS_TO_GROUP: "1" };
    inShell('"$0" "$@" 2>&1 | tee /dev/null', maps, environment);
    expect(await endOf(maps)).toMatchObject({ reason: "stopped" });
    await expectToGoOn(maps);
  });
});

describe("a program whose output nobody reads any more", () => {
  it("trains to its end", async () => {
    const maps = join(temporaryFolder(), "maps");
    const { code } = await trainerProgram(["train", file, "--output", maps], {}, { unread: true });
    expect(code).toBe(EXIT.done);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it.each([
    ["predict", ["predict", "MAPS", "test", "DATA"], "split-0/best-loss/test/test_roi_level_prediction.tsv"],
    [
      "interpret",
      ["interpret", "MAPS", "test", "why", "gradients", "DATA"],
      "split-0/best-loss/test/interpret-why/mean_roi-0_map.nii.gz",
    ],
    ["tsv kfold", ["tsv", "kfold", "LABELS", "--n_splits", "2"], "2_fold/split-1/train.tsv"],
  ])("does all of %s", async (_, words, made) => {
    const own = temporaryFolder();
    cpSync(whole, own, { recursive: true });
    cpSync(join(folder, "tsv/labels.tsv"), join(own, "labels.tsv"));
    const given: Record<string, string[]> = {
      MAPS: [own],
      DATA: ["--caps", join(folder, "caps"), "--tsv", join(folder, "tsv/split/test_baseline.tsv")],
      LABELS: [join(own, "labels.tsv")],
    };
    const asked = words.flatMap((word) => given[word] ?? [word]);
    expect(await trainerProgram([...asked, "--json"], {}, { unread: true })).toMatchObject({
      code: EXIT.done,
    });
    expect(existsSync(join(own, made))).toBe(true);
  });
});

it.skipIf(process.platform !== "linux")("results that find no room end a program as failed", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(process.execPath, [CLI, "--version"], {
    stdio: ["ignore", full, "pipe"],
    encoding: "utf8",
  });
  closeSync(full);
  expect({ status, stderr }).toEqual({ status: EXIT.failed, stderr: expect.stringContaining("ENOSPC") });
});
