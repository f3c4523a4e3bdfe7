/** Kill believes no file: only a process is ended of which the system says at this moment that it is the trainer of this MAPS. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { killTrainers } from "../../../src/extension/trainer/killTrainers";
import { mapsPlace } from "../../../src/maps/folder/place";
import type {
  ProcessCommand,
  ProcessFacts,
  ProcessTable,
} from "../../../src/maps/units/processes/processTable";
import { systemProcesses } from "../../../src/maps/units/processes/systemProcesses";
import { temporaryFolder } from "../../support/folder";

const START = "boot/1";

/** A MAPS with the record `changes` of a trainer at work. */
function withRecord(
  changes: Readonly<Record<string, unknown>>,
  maps = join(temporaryFolder(), "maps"),
): string {
  const { logs, runJson } = mapsPlace(maps).split(0).network();
  mkdirSync(logs, { recursive: true });
  const now = Date.now();
  const record = { pid: 4242, host: hostname(), processStart: START, started: now, heartbeat: now };
  const rest = { command: ["gyrus", "train"], gyrusVersion: "0.2.0", engine: "onnx", end: null };
  writeFileSync(runJson, JSON.stringify({ ...record, ...rest, ...changes }));
  return maps;
}

interface Played {
  readonly facts?: Partial<ProcessFacts> | "gone" | "unknown";
  readonly command?: ProcessCommand | null;
}

/** A system on which every number is that of the trainer of `maps`, but for what is said otherwise. */
function playing(maps: string, { facts = {}, command }: Played = {}): ProcessTable {
  const owner = process.getuid?.() ?? null;
  return {
    boot: async () => "boot",
    look: async () =>
      typeof facts === "string" ? facts : { start: START, owner, leadsGroup: false, ...facts },
    command: async () =>
      command === undefined
        ? { words: ["node", "/opt/cli.js", "train", "x.json", "--output", maps], folder: "/" }
        : command,
  };
}

/** What is done about the record of `maps`. */
async function outcome(maps: string, processes: ProcessTable, trusted = true) {
  const signals: unknown[] = [];
  const { killed, spared } = await killTrainers(maps, trusted, {
    processes,
    end: (pid, leadsGroup) => signals.push([pid, leadsGroup]),
  });
  expect(signals).toHaveLength(killed.length);
  return { signals, doubts: spared.map(({ doubt }) => doubt) };
}

describe("a record that names", () => {
  it.each([0, 1, -1, -4242, process.pid, 2 ** 40])("the process %d leads to no signal", async (pid) => {
    const maps = withRecord({ pid });
    expect(await outcome(maps, playing(maps))).toEqual({ signals: [], doubts: ["record"] });
  });

  it.each(["1", "4242", 1.5, null, [4242], { valueOf: 1 }, true])(
    "%j as its process is none",
    async (pid) => {
      const maps = withRecord({ pid });
      expect(await outcome(maps, playing(maps))).toEqual({ signals: [], doubts: [] });
    },
  );

  it("a number that no process has leads to no signal, in this very system", async () => {
    expect(await outcome(withRecord({ pid: 1e9 }), systemProcesses)).toEqual({
      signals: [],
      doubts: ["gone"],
    });
  });

  it.each([
    ["no start", { processStart: null }, {}, "record"],
    ["a process on another machine", { host: "elsewhere" }, {}, "elsewhere"],
    ["a process that began at another time", {}, { facts: { start: "boot/2" } }, "other"],
    ["a process of another user", {}, { facts: { owner: 4711 } }, "other"],
    ["a process that is gone", {}, { facts: "gone" }, "gone"],
    ["a process of which the system tells nothing", {}, { facts: "unknown" }, "unknown"],
    ["a process whose command is not told", {}, { command: null }, "unknown"],
  ] as const)("%s leads to no signal", async (_, changes, played, doubt) => {
    const maps = withRecord(changes);
    expect(await outcome(maps, playing(maps, played))).toEqual({ signals: [], doubts: [doubt] });
  });

  it("a process that ends at that very moment does not spare the others", async () => {
    const maps = withRecord({});
    const other = mapsPlace(maps).split(1).network();
    mkdirSync(other.logs, { recursive: true });
    const record = JSON.parse(readFileSync(mapsPlace(maps).split(0).network().runJson, "utf8"));
    writeFileSync(other.runJson, JSON.stringify({ ...record, pid: 4243 }));
    const end = (pid: number) => {
      if (pid === 4242) throw Object.assign(new Error("kill ESRCH"), { code: "ESRCH" });
    };
    const { killed, spared } = await killTrainers(maps, true, { processes: playing(maps), end });
    expect([killed, spared]).toEqual([[4243], [{ pid: 4242, host: hostname(), doubt: "gone" }]]);
  });

  it("a process that trains leads to no signal in a folder that is not trusted", async () => {
    const maps = withRecord({});
    expect(await outcome(maps, playing(maps), false)).toEqual({ signals: [], doubts: [] });
  });
});

describe("a process is the trainer of a MAPS", () => {
  const parent = mkdtempSync(join(tmpdir(), "gyrus-"));
  afterAll(() => rmSync(parent, { recursive: true }));
  const maps = withRecord({}, join(parent, "maps"));
  const beside = join(parent, "other");
  const doubts = async (words: readonly string[] | string, folder: string | null) =>
    (await outcome(maps, playing(maps, { command: { words, folder } }))).doubts;

  it.each([
    ["with a whole path", ["node", "/opt/dist/cli.js", "train", "x.json", "--output", maps], null],
    ["with a path in one word with its option", ["gyrus", "train", "x.json", `--output=${maps}`], "/"],
    ["with a path from its folder", ["node", "/bin/gyrus", "resume", "maps"], parent],
    ["with a path through dots", ["node", "/bin/gyrus", "resume", "./other/../maps/"], parent],
    ["as a demo above it", ["node", "cli.js", "demo", parent], "/"],
    ["in one text", `/usr/bin/node /opt/cli.js train my x.json --output ${maps} --json`, null],
    ["in one text, from its folder", "node /opt/bin/gyrus resume maps", parent],
  ])("%s", async (_, words, folder) => {
    expect(await doubts(words, folder)).toEqual([]);
  });

  it.each([
    ["of another MAPS", ["node", "cli.js", "train", "x.json", "--output", beside], "/", "other"],
    ["of one beside it of a longer name", `node cli.js resume ${maps}2`, "/", "other"],
    ["that only checks", ["node", "cli.js", "check", maps], "/", "other"],
    ["of another program", ["vim", maps], "/", "other"],
    ["of another program, in one text", `less gyrus-notes train ${maps}`, "/", "other"],
    ["whose folder is not told", ["node", "cli.js", "resume", "maps"], null, "unknown"],
  ])("but not one %s", async (_, words, folder, doubt) => {
    expect(await doubts(words, folder)).toEqual([doubt]);
  });

  it.skipIf(process.platform === "win32")("also by another name of its folder", async () => {
    const link = join(parent, "link");
    symlinkSync(maps, link);
    expect(await doubts(["node", "cli.js", "resume", link], "/")).toEqual([]);
  });

  it.each([true, false])("with its group where it leads one: %s", async (leadsGroup) => {
    expect((await outcome(maps, playing(maps, { facts: { leadsGroup } }))).signals).toEqual([
      [4242, leadsGroup],
    ]);
  });
});

describe("in this very system", () => {
  /** A process that does nothing, called as given. */
  async function called(program: string, words: readonly string[], detached: boolean): Promise<ChildProcess> {
    const file = join(temporaryFolder(), program);
    writeFileSync(file, "console.log('here'); setInterval(() => {}, 1000);");
    const child = spawn(process.execPath, [file, ...words], {
      detached,
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    await once(child.stdout, "data");
    return child;
  }

  const startOf = async (pid: number) => {
    const facts = await systemProcesses.look(pid);
    return typeof facts === "string" ? null : facts.start;
  };

  it.each([true, false])("a trainer is ended that leads a group: %s", async (detached) => {
    const maps = join(temporaryFolder(), "maps");
    const child = await called("cli.js", ["train", "x.json", "--output", maps], detached);
    withRecord({ pid: child.pid, processStart: await startOf(child.pid!) }, maps);
    const ended = once(child, "exit");
    expect(await killTrainers(maps, true)).toEqual({ killed: [child.pid], spared: [] });
    await ended;
  });

  it("an unrelated process is not, though a record knows its number and its start", async () => {
    const child = await called("precious.js", ["train"], true);
    const maps = withRecord({ pid: child.pid, processStart: await startOf(child.pid!) });
    const { killed, spared } = await killTrainers(maps, true);
    expect([killed, spared[0]?.doubt]).toEqual([[], "other"]);
    expect(child.exitCode ?? child.signalCode).toBeNull();
  });
});
