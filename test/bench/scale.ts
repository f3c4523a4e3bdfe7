/**
 * What a large study costs to read: `npm run build && node dist/scale.js [PEOPLE] [TRIALS]`, 10000 and 200 unless given.
 *
 * Writes a made-up study into a temporary folder: a table and a tiny image of everybody, five folds, and a MAPS for each trial of a
 * search, with five splits of 30 epochs each, the predictions of both sets and small weights. Then it times what Gyrus does with them:
 * commands as programs of their own, with the most memory that they held, and in this process what the editor does. Most files of a
 * trial are links to those of the first, so that the disk holds one, and everything is read from memory, as by who looks twice.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { linkSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readMeasures } from "../../src/extension/panels/runs/runMeasures";
import { EventLog } from "../../src/maps/events/eventLog";
import { createMaps } from "../../src/maps/folder/createMaps";
import { findExperiments } from "../../src/maps/folder/findExperiments";
import type { GroupRow } from "../../src/maps/folder/groups";
import { mapsPlace } from "../../src/maps/folder/place";
import { type MapsSummary, readMaps } from "../../src/maps/folder/summary";
import { RandomGenerator } from "../../src/network/weights/random";
import { writeGroupResults } from "../../src/training/results/groupResults";
import { batchEvent, epochEvent, startEvent } from "../support/events";
import { experimentOf } from "../support/experiment";
import { newMapsContent } from "../support/newMaps";
import { tinyArchitecture } from "../support/phantomStudy";
import { imageFile, person, type Row, writeImage, writeTable } from "../support/study";

const [PEOPLE = 10_000, TRIALS = 200] = process.argv.slice(2).map(Number);
const [FOLDS, EPOCHS, BATCHES] = [5, 30, 100];
/** Bytes of a model in the study: of an own small network. */
const WEIGHTS = 50_000;
/** Trials that are read at the same time, as the tree does. */
const READERS = 16;

async function measure(study: string): Promise<void> {
  const rows = Array.from({ length: PEOPLE }, (_, i) =>
    person(`sub-${String(i).padStart(5, "0")}`, i % 2 === 0 ? "AD" : "CN", {
      age: String(50 + (i % 40)),
      sex: i % 3 === 0 ? "F" : "M",
      site: `site-${i % 25}`,
    }),
  );
  await timed("write a table and a tiny image of everybody", async () => writeStudy(study, rows));
  const experiment = join(study, "a.experiment.json");
  await command("gyrus check", ["check", experiment]);
  await command("gyrus audit", ["audit", experiment]);
  await command("gyrus tsv make-splits", [
    ...["tsv", "make-splits", join(study, "people.tsv"), "--classes", "AD", "--classes", "CN"],
    ...["--folds", String(FOLDS), "--output", join(study, "made")],
  ]);

  const first = join(study, "search", "trial-000");
  await timed("write one trial", () => writeTrial(first, rows));
  const one = countFiles(first);
  say("files of a trial", `${one.files} files in ${one.folders} folders, ${megabytes(one.bytes)}`);
  await timed("link the other trials", async () => {
    for (let trial = 1; trial < TRIALS; trial++)
      linkAll(first, join(study, "search", `trial-${String(trial).padStart(3, "0")}`));
  });
  say("files of the search", `${one.files * TRIALS} files, ${megabytes(one.bytes * TRIALS)}`);

  const found = await timed("find all MAPS of the study", () => findExperiments(study));
  const before = process.memoryUsage.rss();
  const read = await timed(`read all ${found.maps.length} MAPS for the tree`, () => readAll(found.maps));
  say("memory of the tree", megabytes(Math.max(0, process.memoryUsage.rss() - before)));
  await timed("read all again", () => readAll(found.maps));
  await timed("read one again, as each second while it trains", () => readMaps(first));
  await timed("the run table: measures of all on validation", () => measuresOf(read));
  await command("gyrus results of one trial", ["results", first, "validation"]);
  await command("gyrus compare of two trials", ["compare", first, found.maps[1] ?? first]);
}

async function writeStudy(study: string, rows: readonly Row[]): Promise<void> {
  writeTable(join(study, "people.tsv"), rows);
  for (let split = 0; split < FOLDS; split++) {
    const { train, validation } = setsOf(rows, split);
    writeTable(join(study, "folds", `split-${split}`, "train.tsv"), train);
    writeTable(join(study, "folds", `split-${split}`, "validation_baseline.tsv"), validation);
  }
  for (const [i, { participant_id = "" }] of rows.entries())
    await writeImage(imageFile(join(study, "caps"), participant_id), (voxel) => i + voxel);
  const keys = { caps_directory: "caps", tsv_path: "folds", n_splits: FOLDS, architecture: tinyArchitecture };
  writeFileSync(join(study, "a.experiment.json"), JSON.stringify(keys));
}

function setsOf(rows: readonly Row[], split: number) {
  // Two in turn have both classes.
  const isHeld = (_: Row, place: number) => Math.floor(place / 2) % FOLDS === split;
  return {
    validation: rows.filter(isHeld),
    train: rows.filter((row, place) => !isHeld(row, place)),
  };
}

const groupRows = (rows: readonly Row[]): GroupRow[] =>
  rows.map(({ participant_id = "", session_id = "", diagnosis = "" }) => ({
    participantId: participant_id,
    sessionId: session_id,
    cohort: "single",
    label: diagnosis,
  }));

/** What a training leaves: groups, logs, curves, weights, predictions of both sets. */
async function writeTrial(maps: string, rows: readonly Row[]): Promise<void> {
  const splits = Array.from({ length: FOLDS }, (_, split) => {
    const { train, validation } = setsOf(rows, split);
    return { split, train: groupRows(train), validation: groupRows(validation) };
  });
  const experiment = experimentOf({ label_code: { AD: 0, CN: 1 }, n_splits: FOLDS });
  await createMaps(maps, { ...newMapsContent(), experiment, trainValidation: groupRows(rows), splits });
  const random = new RandomGenerator(1);
  for (const { split, ...sets } of splits) {
    const place = mapsPlace(maps).split(split);
    const network = place.network();
    const log = EventLog.open(network.eventsJsonl);
    log.append(startEvent({ split, epochs: EPOCHS, batchesPerEpoch: BATCHES }));
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      for (let batch = 0; batch < BATCHES; batch++) log.append(batchEvent(epoch, batch));
      log.append(epochEvent(epoch));
    }
    log.append({ kind: "end", reason: "completed", epochs: EPOCHS, batches: 0, message: "" });
    log.close();
    const now = Date.now();
    const record = { pid: 1, host: "elsewhere", processStart: null, started: now, heartbeat: now };
    const about = { command: ["train"], gyrusVersion: "0.1.0", engine: "onnx" };
    const end = { reason: "completed", time: now, message: "", problems: [] };
    writeFileSync(network.runJson, JSON.stringify({ ...record, ...about, end }));
    for (const metric of ["loss"]) {
      const best = place.best(metric);
      mkdirSync(best.folder, { recursive: true });
      writeFileSync(network.bestModel(metric), new Uint8Array(WEIGHTS));
      for (const group of ["train", "validation"] as const) {
        const where = best.results(group);
        mkdirSync(where.folder, { recursive: true });
        const predictions = sets[group].map(({ label, ...session }) => {
          const truth = label === "AD" ? 0 : 1;
          const sure = 0.3 + 0.6 * random.uniform();
          const probabilities = truth === 0 ? [sure, 1 - sure] : [1 - sure, sure];
          const answer = { kind: "probabilities" as const, probabilities };
          return { ...session, part: 0, truth, answer, loss: -Math.log(sure) };
        });
        const people = sets[group].length;
        const described = {
          group,
          capsDirectories: { single: "caps" },
          participants: people,
          sessions: people,
        };
        await writeGroupResults(
          { learned: { task: "classification", classes: ["AD", "CN"] }, experiment },
          where,
          { description: described, networks: [{ network: null, predictions }], labelled: true },
          null,
        );
      }
    }
  }
}

function linkAll(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkAll(source, target);
    else linkSync(source, target);
  }
}

function countFiles(path: string): { files: number; folders: number; bytes: number } {
  const counted = { files: 0, folders: 1, bytes: 0 };
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (!entry.isDirectory()) {
      counted.files += 1;
      counted.bytes += lstatSync(inside).size;
      continue;
    }
    const { files, folders, bytes } = countFiles(inside);
    counted.files += files;
    counted.folders += folders;
    counted.bytes += bytes;
  }
  return counted;
}

async function readAll(maps: readonly string[]): Promise<MapsSummary[]> {
  const waiting = maps.values();
  const read: MapsSummary[] = [];
  const reader = async () => {
    for (const path of waiting) {
      const summary = await readMaps(path);
      if (summary !== null) read.push(summary);
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return read;
}

async function measuresOf(read: readonly MapsSummary[]): Promise<void> {
  const waiting = read.values();
  const reader = async () => {
    for (const { maps, splits } of waiting) await readMeasures({ maps, splits }, "validation");
  };
  await Promise.all(Array.from({ length: READERS }, reader));
}

const say = (what: string, how: string) => console.log(`${what.padEnd(48)} ${how}`);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

async function timed<Result>(what: string, action: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await action();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - began) / 1000;
  say(what, `${seconds.toFixed(2)} s, of the processor ${((user + system) / 1e6).toFixed(2)} s`);
  return result;
}

/** A command as a program of its own, which says in the end what it took. */
async function command(what: string, words: readonly string[]): Promise<void> {
  const tell = `process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write("\\nTOOK " + (userCPUTime + systemCPUTime) / 1e6 + " " + maxRSS / 1e3 + "\\n");
  });`;
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [
      "--import",
      `data:text/javascript,${encodeURIComponent(tell)}`,
      join(import.meta.dirname, "cli.js"),
      ...words,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  const [code] = await once(child, "close");
  const seconds = (performance.now() - began) / 1000;
  const [, processor = "?", memory = "?"] = /TOOK (\S+) (\S+)/.exec(said) ?? [];
  say(what, `${seconds.toFixed(2)} s, of the processor ${processor} s, at most ${memory} MB (code ${code})`);
  if (code !== 0) console.log(said.slice(0, 1500));
}

const folder = await mkdtemp(join(tmpdir(), "gyrus-scale-"));
try {
  await measure(folder);
} finally {
  await rm(folder, { recursive: true });
}
