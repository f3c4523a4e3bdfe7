/** Every command that writes a set of files, as the real program, ended at any of its operations on files and given once more. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../src/maps/folder/place";
import { contentOf } from "./mapsContent";
import { phantomExperiment, tinyArchitecture, writePhantomStudy } from "./phantomStudy";
import { person, writeTable } from "./study";
import { type Ending, trainerProgram } from "./trainerProgram";
import { trainPhantom } from "./trainPhantom";

type Words = readonly string[];

export interface WritingCommand {
  readonly name: string;
  /** What was done before it. */
  readonly before?: readonly Words[];
  readonly words: Words;
}

const DATA = ["--caps", "caps", "--tsv", "test.tsv"];
const ENGINE = ["--engine", "onnx"];
const LABELS = ["tsv", "get-labels", "sessions.tsv", "out", "--diagnoses", "AD", "--diagnoses", "CN"];
const predict = (...more: Words) => ["predict", "maps", "test", ...DATA, ...ENGINE, ...more];
const interpret = (...more: Words) => [
  ...["interpret", "maps", "test", "why", "gradients", ...DATA, ...ENGINE],
  ...more,
];

/** Paths start in the folder of the study. */
export const WRITING_COMMANDS: readonly WritingCommand[] = [
  { name: "predict a new group", words: predict() },
  { name: "predict a group again", before: [predict(), interpret()], words: predict("--no-labels") },
  { name: "predict into a folder of one's own", words: predict("--output", "results") },
  { name: "interpret", words: interpret() },
  { name: "interpret again", before: [interpret()], words: interpret("--node", "1", "--overwrite") },
  { name: "export", words: ["export", "maps", "model.onnx"] },
  { name: "export curves", words: ["export", "maps", "curves", "--tensorboard"] },
  { name: "report", before: [predict()], words: ["report", "maps"] },
  {
    name: "results with a threshold that is kept",
    before: [predict()],
    words: ["results", "maps", "test", "--threshold", "0.4", "--keep-threshold"],
  },
  { name: "tsv kfold", words: ["tsv", "kfold", "sessions.tsv", "--n-splits", "2"] },
  { name: "tsv split", words: ["tsv", "split", "sessions.tsv", "--n-test", "4"] },
  { name: "tsv make-splits", words: ["tsv", "make-splits", "sessions.tsv", "--folds", "2"] },
  { name: "tsv get-labels", words: LABELS },
  {
    name: "tsv get-labels over others",
    before: [["tsv", "get-labels", "sessions.tsv", "out", "--diagnoses", "AD"]],
    words: [...LABELS, "--overwrite"],
  },
  { name: "tsv analysis", words: ["tsv", "analysis", "sessions.tsv", "sessions.tsv", "analysis.tsv"] },
];

/** Writes its brains one by one: what a kill leaves is no demo yet, and the same call completes it. */
export const DEMO: WritingCommand = {
  name: "demo",
  words: ["demo", "--data-only", "--output", "demo"],
};

/** A study with a MAPS, in which commands are given again and again from the same state. */
export class Workplace {
  readonly #root = mkdtempSync(join(tmpdir(), "gyrus-"));
  readonly folder = join(this.#root, "study");

  static async open(): Promise<Workplace> {
    const place = new Workplace();
    const { folder } = place;
    const { train, validation } = await writePhantomStudy(folder, { test: 3, size: [8, 8, 8] });
    const people = [...train, ...validation].map(({ participant_id = "", diagnosis = "" }, i) =>
      person(participant_id, diagnosis, {
        age: String(60 + i),
        sex: i % 4 < 2 ? "F" : "M",
        MMSE: String(20 + (i % 9)),
      }),
    );
    writeTable(join(folder, "sessions.tsv"), people);
    const experiment = phantomExperiment(folder, { epochs: 1, threads: 1 });
    await trainPhantom(experiment, join(folder, "maps"), { engine: await createOnnxEngine({ threads: 1 }) });
    place.keep("study");
    return place;
  }

  close(): void {
    rmSync(this.#root, { recursive: true });
  }

  keep(name: string): void {
    cpSync(this.folder, join(this.#root, `kept-${name}`), { recursive: true });
  }

  goBackTo(name: string): void {
    rmSync(this.folder, { recursive: true });
    cpSync(join(this.#root, `kept-${name}`), this.folder, { recursive: true });
  }

  give(words: Words, environment: Readonly<Record<string, string>> = {}): Promise<Ending> {
    return trainerProgram(words, environment, { folder: this.folder });
  }

  /** Gives `command` in the study as it is after what was done before. */
  async begin({ name, before = [], words }: WritingCommand): Promise<Given> {
    this.goBackTo("study");
    for (const earlier of before) await this.giveWell(earlier);
    this.keep(name);
    const state = this.content();
    const counted = join(this.#root, "operations");
    await this.giveWell(words, { GYRUS_COUNT_TO: counted });
    const after = this.content();
    expect(after).not.toEqual(state);
    return { before: state, after, operations: Number(readFileSync(counted, "utf8")) };
  }

  async giveWell(words: Words, environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const { code, errors } = await this.give(words, environment);
    expect(code, errors).toBe(0);
  }

  /** Every file and folder below, hidden ones too, by its path. Of logs, dates are left out. */
  content(): Content {
    const entries = readdirSync(this.folder, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      entries.map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const text = entry.isDirectory() ? "folder" : readFileSync(path, "latin1");
        return [path.slice(this.folder.length + 1), text.replace(/ - \d{4}-\d\d-\d\d .*/, "")];
      }),
    );
  }
}

/** Kills a training so early that there is no maps.json yet, again and again: the same command must begin as if nothing had been. */
export async function expectToBeginAnew(place: Workplace, kills: readonly number[]): Promise<void> {
  place.goBackTo("study");
  const experiment = {
    ...{ caps_directory: "caps", tsv_path: "split", architecture: tinyArchitecture },
    ...{ epochs: 1, batch_size: 4, threads: 1, n_proc: 0, engine: "onnx" },
  };
  writeFileSync(join(place.folder, "short.experiment.json"), JSON.stringify(experiment));
  const train = (maps: string) => ["train", "short.experiment.json", "--output", maps];
  await place.giveWell(train("whole"));
  const [whole, killed] = [join(place.folder, "whole"), join(place.folder, "killed")];
  for (const at of kills) {
    const { signal, errors } = await place.give(train("killed"), { GYRUS_KILL_AT: String(at) });
    expect(signal, errors).toBe("SIGKILL");
    expect(existsSync(mapsPlace(killed).mapsJson), `killed at ${at}`).toBe(false);
  }
  await place.giveWell(train("killed"));
  expect(await contentOf(killed)).toEqual(await contentOf(whole));
}

type Content = Readonly<Record<string, string>>;

export interface Given {
  readonly before: Content;
  readonly after: Content;
  /** Operations on files of the command. */
  readonly operations: number;
}

const isHidden = (path: string) => path.split(/[\\/]/).some((name) => name.startsWith("."));

/** What everybody sees is of before or of after, file by file: no half, and nothing else. */
export function expectNoHalf(now: Content, { before, after }: Given, story: string): void {
  for (const [path, text] of Object.entries(now)) {
    if (isHidden(path)) continue;
    expect([before[path], after[path]].includes(text), `${story}: ${path}`).toBe(true);
  }
  const gone = Object.keys(before).filter((path) => path in after && now[path] === undefined);
  // The tables of an earlier prediction go just before the new ones, complete by then, take their places.
  const whole = Object.keys(now).some((path) => path.endsWith(".gyrus-whole"));
  if (!whole) expect(gone, story).toEqual([]);
}

/** Kills `command` at each of these operations in turn, then lets it end: it must leave what it leaves when nobody kills it. */
export async function expectSurvivalOf(
  place: Workplace,
  command: WritingCommand,
  given: Given,
  kills: readonly number[],
): Promise<void> {
  place.goBackTo(command.name);
  const story = `${command.name}, killed at ${kills.join(", ")} of ${given.operations}`;
  for (const at of kills) {
    const { signal, code, errors } = await place.give(command.words, { GYRUS_KILL_AT: String(at) });
    expectNoHalf(place.content(), given, story);
    // What it did before is not done again, so that it can have ended by now.
    if (code === 0 && at !== kills[0]) break;
    expect(signal, `${story}\n${errors}`).toBe("SIGKILL");
  }
  if (!isDone(place.content(), given)) await place.giveWell(command.words);
  expect(differences(place.content(), given.after), story).toEqual([]);
}

const isDone = (now: Content, { after }: Given) => differences(now, after).length === 0;

/** Paths that are not alike: contents would fill the screen. */
const differences = (now: Content, expected: Content) =>
  [...new Set([...Object.keys(now), ...Object.keys(expected)])].filter(
    (path) => now[path] !== expected[path],
  );

/** Ends `command` in another way than a kill: nothing hidden is left, no half, and once more it does the rest. */
export async function expectCleanEnd(
  place: Workplace,
  command: WritingCommand,
  given: Given,
  environment: Readonly<Record<string, string>>,
): Promise<Ending> {
  place.goBackTo(command.name);
  const ending = await place.give(command.words, environment);
  const story = `${command.name}, ${JSON.stringify(environment)}: ${ending.errors}`;
  expect(ending.signal, story).toBeNull();
  const now = place.content();
  expect(Object.keys(now).filter(isHidden), story).toEqual([]);
  expectNoHalf(now, given, story);
  if (!isDone(now, given)) {
    expect(ending.code, story).not.toBe(0);
    await place.giveWell(command.words);
  }
  expect(differences(place.content(), given.after), story).toEqual([]);
  return ending;
}
