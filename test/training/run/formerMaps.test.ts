/** A MAPS of the former version opens, goes on, and draws the curves that it drew. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { fillWords } from "../../../src/experiment/problems/words";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { readTrainingTsv } from "../../../src/maps/tables/trainingTsv";
import type { Notice } from "../../../src/training/notices";
import { resumeTraining } from "../../../src/training/run/resumeTraining";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folderOfFile";
import { contentOf } from "../../support/mapsContent";
import { gyrus } from "../../support/memoryTerminal";

/** A copy of the fixture in which FOLDER is where it lies. */
function copied(): string {
  const folder = temporaryFolder();
  cpSync(fixture("former"), folder, { recursive: true });
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !/\.(json|log)$/.test(file)) continue;
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("FOLDER", folder));
  }
  return folder;
}

/** The epochs of a log as they stand in it, read with nothing of the program. */
function epochsOf(log: string): { readonly epoch: number; readonly validation: { readonly loss: number } }[] {
  const lines = readFileSync(log, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ kind }) => kind === "epoch");
}

const logs = "split-0/training_logs";

describe("a MAPS of the former version", () => {
  let folder: string;
  beforeAll(() => {
    folder = copied();
  });

  it.each([
    ["whole", "finished"],
    ["stopped", "stopped"],
    ["patches", "finished"],
    ["reconstruction", "finished"],
  ])("opens: %s is %s", async (name, status) => {
    expect(await readMaps(join(folder, name))).toMatchObject({ status, problems: [] });
  });

  it("stopped, resumes and goes the way of the one that was not", async () => {
    const maps = join(folder, "stopped");
    const engine = await createOnnxEngine({ threads: 1 });
    await resumeTraining(maps, { engine, gyrusVersion: "0.0.0", command: ["gyrus", "resume"] });
    expect(await readMaps(maps)).toMatchObject({ status: "finished", problems: [] });

    const [former, now] = [join(folder, "whole"), maps].map((place) =>
      epochsOf(join(place, logs, "events.jsonl")),
    );
    expect(now).toHaveLength(6);
    now!.forEach(({ epoch, validation }, place) => {
      expect(epoch).toBe(place);
      // Another processor rounds otherwise.
      expect(validation.loss).toBeCloseTo(former![place]!.validation.loss, 4);
    });
    const content = await contentOf(maps);
    const same = now!.at(-1)!.validation.loss === former!.at(-1)!.validation.loss;
    // Where the processor rounds as the former one did, bit for bit.
    if (same) expect(content).toMatchObject(await contentOf(join(folder, "whole")));
  });

  /** Resumes the stopped one, its settings being others from its beginning. @returns what is told, in English */
  async function toldAtResume(settings: Readonly<Record<string, unknown>>): Promise<string[]> {
    const maps = join(copied(), "stopped");
    const { mapsJson } = mapsPlace(maps);
    writeFileSync(mapsJson, JSON.stringify({ ...JSON.parse(readFileSync(mapsJson, "utf8")), ...settings }));
    const engine = await createOnnxEngine({ threads: 1 });
    const told: string[] = [];
    const onNotice = ({ template, values }: Notice) => told.push(fillWords(template, values));
    const options = { engine, gyrusVersion: "0.0.0", command: ["gyrus", "resume"], onNotice };
    const stop = new AbortController();
    await resumeTraining(maps, { ...options, signal: stop.signal, observer: () => stop.abort() });
    // Its checkpoint is of the present rule: whoever goes on from there has nothing to hear.
    const sentences = told.splice(0).filter(isOfRule);
    await resumeTraining(maps, options);
    expect(told.filter(isOfRule)).toEqual([]);
    return sentences;
  }

  const isOfRule = (sentence: string) => sentence.includes("accumulation_steps");

  // 10 images. In batches of 4 by twos: 4 and 4, then 2 alone.
  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["a last batch that is smaller", { batch_size: 3 }],
    ["class weights", { class_weights: [1, 2] }],
  ])("says that the rule of accumulation has changed, with %s", async (_, settings) => {
    expect(await toldAtResume(settings)).toEqual([
      expect.stringMatching(/^The rule of `accumulation_steps` has changed.* bend here: 1 \(split 0\)\.$/),
    ]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ["batches of one size", {}],
    ["updates of one batch", { batch_size: 3, accumulation_steps: 1 }],
    ["balanced classes that are equally frequent", { class_weights: "balanced" }],
    ["a single batch", { batch_size: 16 }],
  ])("says nothing of it with %s", async (_, settings) => {
    expect(await toldAtResume(settings)).toEqual([]);
  });

  it("predicts new people with its networks", async () => {
    const study = join(folder, "study");
    const data = ["--caps", join(study, "caps"), "--tsv", join(study, "test.tsv")];
    expect(await gyrus("predict", join(folder, "patches"), "test", ...data)).toMatchObject({ exit: 0 });
  });

  it("keeps its curves", async () => {
    const rows = await readTrainingTsv(join(folder, "whole", logs, "training.tsv"));
    const losses = rows.map(({ validation }) => validation.loss);
    for (const { validation } of epochsOf(join(folder, "whole", logs, "events.jsonl")))
      expect(losses.some((loss) => Math.abs(loss! - validation.loss) < 1e-12)).toBe(true);
  });
});
