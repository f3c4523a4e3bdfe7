import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EndedLaunch, TrainerSupervisor } from "../../../src/extension/trainer/supervisor";
import { runTrainer } from "../../../src/extension/trainer/trainerProcess";
import type { TrainerTask } from "../../../src/extension/trainer/trainerProgram";
import { mapsPlace } from "../../../src/maps/folder/place";
import { lookAlone } from "../../../src/maps/units/ownPlaces";
import { claimWorkPlace, leaveWorkPlace, workPlaces } from "../../../src/maps/units/workPlaces";
import type { Need } from "../../../src/run/trainingQueue";
import { wait } from "../../support/effort";

/** Programs that stand for a trainer; each is given the folder of its MAPS. */
const trainers = {
  trains: `
    const { mkdirSync, writeFileSync, existsSync } = require("node:fs");
    const maps = process.argv[1];
    console.error("epoch 0");
    writeFileSync(maps + "/maps.json", "{}");
    const wait = setInterval(() => existsSync(maps + "/go") && (clearInterval(wait), console.error("fin é")), 20);`,
  trainsAtOnce: `require("node:fs").writeFileSync(process.argv[1] + "/maps.json", "{}");`,
  refuses: `console.error("gyrus train: there is no CAPS"); process.exit(2);`,
  loses: `
    const { rmSync, writeFileSync } = require("node:fs");
    const maps = process.argv[1];
    writeFileSync(maps + "/maps.json", "{}");
    setTimeout(() => { rmSync(maps, { recursive: true }); process.exit(1); }, 1_500);`,
  hangs: `setInterval(() => {}, 1_000)`,
  crashes: `process.kill(process.pid, "SIGKILL");`,
};

let folder: string;
let supervisor: TrainerSupervisor;
let limit: number;
let others: readonly Need[];
let places: string;
let kept: readonly TrainerTask[];
let command: string;
let script: keyof typeof trainers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gyrus supervisor é "));
  limit = 1;
  others = [];
  places = join(folder, "places");
  kept = [];
  command = process.execPath;
  script = "trains";
  supervisor = new TrainerSupervisor({
    run: (task, signal) =>
      runTrainer(
        { command, words: ["-e", trainers[script], task.maps], environment: process.env, folder },
        mapsPlace(task.maps).trainerLog,
        signal,
      ),
    limits: () => ({ trainings: limit, cores: 8, freeMemory: 0 }),
    freeMemory: () => 0,
    othersWorking: () => others,
    lookAlone: () => lookAlone(places),
    claim: ({ maps }) => claimWorkPlace({ maps, threads: 0, card: null }, places),
    unclaim: ({ maps }) => leaveWorkPlace(maps, places),
    keep: (queued) => {
      kept = queued;
    },
  });
});

afterEach(() => {
  supervisor.dispose();
  rmSync(folder, { recursive: true });
});

const task = (name: string): TrainerTask => ({
  kind: "train",
  experiment: join(folder, "a.experiment.json"),
  maps: join(folder, name),
});

const states = () => supervisor.launches.map(({ state }) => state.kind);

/** As another window that looks at the places. @returns what ends its look */
function lookOfAnother(places: string): () => void {
  const end = lookAlone(places);
  if (end === null) throw new Error("nobody else should look");
  return end;
}

function end(): Promise<EndedLaunch> {
  return new Promise((resolve) => {
    const listener = supervisor.onDidEnd((ended) => {
      listener.dispose();
      resolve(ended);
    });
  });
}

async function letGo(name: string): Promise<EndedLaunch> {
  const ended = end();
  await import("node:fs/promises").then(({ writeFile }) => writeFile(join(folder, name, "go"), ""));
  return ended;
}

describe("TrainerSupervisor", () => {
  it("follows a training from the click to its end, one after the other", async () => {
    supervisor.submit(task("first"));
    supervisor.submit(task("second"));
    expect(states()).toEqual(["starting", "queued"]);
    expect(kept).toEqual([task("second")]);
    await vi.waitFor(() => expect(states()).toEqual(["training", "queued"]), wait);

    const ended = await letGo("first");
    expect(ended).toMatchObject({ task: task("first"), end: { code: 0 }, madeMaps: true, cancelled: false });
    expect(readFileSync(mapsPlace(task("first").maps).trainerLog, "utf8")).toBe("epoch 0\nfin é\n");

    await vi.waitFor(() => expect(states()).toEqual(["training"]), wait);
    expect(kept).toEqual([]);
    await letGo("second");
    expect(supervisor.launches).toEqual([]);
  });

  it("resumes what was stopped and has not ended yet when it has", async () => {
    const resumed: TrainerTask = { kind: "resume", maps: task("a").maps };
    supervisor.submit(task("a"));
    await vi.waitFor(() => expect(states()).toEqual(["training"]), wait);
    supervisor.submit(resumed);
    supervisor.submit(resumed);
    expect(states()).toEqual(["training"]);
    // A window that is reloaded now goes on with it.
    expect(kept).toEqual([resumed]);
    const begun: TrainerTask[] = [];
    supervisor.onDidBegin((launch) => begun.push(launch));
    await letGo("a");
    expect(supervisor.launches.map((launch) => launch.task)).toEqual([resumed]);
    await vi.waitFor(() => expect(begun).toEqual([resumed]), wait);
    expect(kept).toEqual([]);
    await vi.waitFor(() => expect(supervisor.launches).toEqual([]), wait);
  });

  it("forgets a resumption that is taken back before the former training has ended", async () => {
    supervisor.submit(task("a"));
    await vi.waitFor(() => expect(states()).toEqual(["training"]), wait);
    supervisor.submit({ kind: "resume", maps: task("a").maps });
    supervisor.cancel(task("a").maps);
    expect(kept).toEqual([]);
    await letGo("a");
    expect(supervisor.launches).toEqual([]);
  });

  it("tells once of a training that is over before anybody has looked, that it began and that it ended", async () => {
    script = "trainsAtOnce";
    const told: string[] = [];
    supervisor.onDidBegin(() => told.push("begun"));
    supervisor.onDidEnd(() => told.push("ended"));
    const ended = end();
    supervisor.submit(task("a"));
    await ended;
    expect(told).toEqual(["begun", "ended"]);
  });

  it("trains several at a time when it may", async () => {
    limit = 2;
    supervisor.submit(task("a"));
    supervisor.submit(task("b"));
    expect(states()).toEqual(["starting", "starting"]);
    await vi.waitFor(() => expect(states()).toEqual(["training", "training"]), wait);
    await letGo("a");
    await letGo("b");
  });

  it("trains once what is asked for twice", () => {
    limit = 0;
    supervisor.submit(task("a"));
    supervisor.submit(task("a"));
    expect(supervisor.launches).toHaveLength(1);
  });

  it("forgets what is taken out of the queue", () => {
    limit = 0;
    supervisor.submit(task("a"));
    supervisor.cancel(task("a").maps);
    expect(supervisor.launches).toEqual([]);
    expect(kept).toEqual([]);
  });

  it.each(["at once", "later"])("ends a trainer that hangs before it begins, asked %s", async (when) => {
    script = "hangs";
    const ended = end();
    supervisor.submit(task("a"));
    if (when === "later")
      await vi.waitFor(() => expect(existsSync(mapsPlace(task("a").maps).trainerLog)).toBe(true), wait);
    supervisor.cancel(task("a").maps);
    expect(await ended).toMatchObject({ end: { signal: "SIGKILL" }, cancelled: true, madeMaps: false });
    expect(existsSync(task("a").maps)).toBe(false);
    expect(supervisor.launches).toEqual([]);
  });

  it("leaves nothing behind of a trainer that refuses, but what it said", async () => {
    script = "refuses";
    const ended = end();
    supervisor.submit(task("a"));
    expect(await ended).toMatchObject({
      end: { kind: "exited", code: 2 },
      output: "gyrus train: there is no CAPS\n",
      madeMaps: false,
    });
    expect(existsSync(task("a").maps)).toBe(false);
  });

  it("tells nothing of what an earlier trainer has printed into the same log", async () => {
    script = "crashes";
    mkdirSync(task("a").maps);
    writeFileSync(mapsPlace(task("a").maps).mapsJson, "{}");
    writeFileSync(mapsPlace(task("a").maps).trainerLog, '{"ok":false,"problems":[]}\n');
    const ended = end();
    supervisor.submit(task("a"));
    expect(await ended).toMatchObject({ output: "", madeMaps: true });
  });

  it("tells a signal from an exit", async () => {
    script = "crashes";
    const ended = end();
    supervisor.submit(task("a"));
    expect(await ended).toMatchObject({ end: { kind: "exited", code: null, signal: "SIGKILL" } });
  });

  it("tells of a Node that is not there, and goes on with the queue", async () => {
    command = join(folder, "no-node");
    const ended = end();
    supervisor.submit(task("a"));
    supervisor.submit(task("b"));
    const first = await ended;
    expect(first.end).toMatchObject({ kind: "unstartable", reason: expect.stringContaining("ENOENT") });
    const second = await end();
    expect(second.task.maps).toBe(task("b").maps);
  });

  it("tells of a training whose MAPS was taken away under it, and of none that made none", async () => {
    const ended: EndedLaunch[] = [];
    supervisor.onDidEnd((one) => ended.push(one));
    script = "loses";
    supervisor.submit(task("maps_lost"));
    await vi.waitFor(() => expect(ended).toHaveLength(1), wait);
    script = "refuses";
    supervisor.submit(task("maps_refused"));
    await vi.waitFor(() => expect(ended).toHaveLength(2), wait);
    expect(ended.map(({ lostMaps }) => lostMaps)).toEqual([true, false]);
  });

  it("trains three one after another when one may train, also after one that was killed", async () => {
    const ended: string[] = [];
    supervisor.onDidEnd(({ task: { maps }, end: { kind } }) => ended.push(`${maps.at(-1)} ${kind}`));
    script = "trains";
    for (const name of ["a", "b", "c"]) supervisor.submit(task(name));
    expect(supervisor.launches.map(({ state }) => ("place" in state ? state.place : state.kind))).toEqual([
      "starting",
      1,
      2,
    ]);
    await vi.waitFor(() => expect(states()).toEqual(["training", "queued", "queued"]), wait);
    script = "crashes";
    await letGo("a");
    // The second is killed as it begins; the third is next.
    script = "trains";
    await vi.waitFor(() => expect(ended).toEqual(["a exited", "b exited"]), wait);
    await vi.waitFor(() => expect(states()).toEqual(["training"]), wait);
    expect(kept).toEqual([]);
    await letGo("c");
    expect(ended).toHaveLength(3);
  });

  it("says why what waits does, and begins it when there is room", async () => {
    others = [{ threads: 0, card: null }];
    supervisor.submit(task("a"));
    supervisor.submit(task("b"));
    expect(supervisor.launches.map(({ state }) => state)).toEqual([
      { kind: "queued", place: 1, shortage: { kind: "trainings", working: 1, limit: 1 } },
      { kind: "queued", place: 2, shortage: { kind: "turn" } },
    ]);
    others = [];
    supervisor.startNext();
    expect(states()).toEqual(["starting", "queued"]);
    await vi.waitFor(() => expect(states()).toEqual(["training", "queued"]), wait);
    supervisor.cancel(task("b").maps);
    await letGo("a");
  });

  it("begins nothing while another window looks, and looks again by itself", async () => {
    const end = lookOfAnother(places);
    supervisor.submit(task("a"));
    supervisor.submit(task("b"));
    expect(supervisor.launches.map(({ state }) => state)).toEqual([
      { kind: "queued", place: 1, shortage: null },
      { kind: "queued", place: 2, shortage: null },
    ]);
    end();
    await vi.waitFor(() => expect(states()).toEqual(["training", "queued"]), wait);
    supervisor.cancel(task("b").maps);
    await letGo("a");
  });

  it("moves up what waits, and begins at once what must", async () => {
    others = [{ threads: 0, card: null }];
    for (const name of ["a", "b", "c"]) supervisor.submit(task(name));
    const order = () => supervisor.launches.map(({ task: { maps } }) => maps.at(-1)).join("");
    supervisor.moveUp(task("c").maps);
    expect(order()).toBe("acb");
    supervisor.moveUp(task("a").maps);
    expect(order()).toBe("acb");
    expect(kept.map(({ maps }) => maps)).toEqual([task("a"), task("c"), task("b")].map(({ maps }) => maps));
    supervisor.startNow(task("b").maps);
    expect(states()).toEqual(["queued", "queued", "starting"]);
    await vi.waitFor(() => expect(states()).toEqual(["queued", "queued", "training"]), wait);
    for (const name of ["a", "c"]) supervisor.cancel(task(name).maps);
    await letGo("b");
  });

  it("claims a place on the machine for what begins, and gives it back when it has ended, also killed", async () => {
    const claimed = () => workPlaces(places).map(({ maps }) => maps);
    supervisor.submit(task("a"));
    expect(claimed()).toEqual([task("a").maps]);
    await vi.waitFor(() => expect(states()).toEqual(["training"]), wait);
    await letGo("a");
    expect(claimed()).toEqual([]);
    script = "crashes";
    const ended = end();
    supervisor.submit(task("b"));
    await ended;
    expect(claimed()).toEqual([]);
  });
});
