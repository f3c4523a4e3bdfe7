/** A MAPS of the former version opens, goes on, and draws the curves that it drew. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { readMaps } from "../../../src/maps/folder/summary";
import { readTrainingTsv } from "../../../src/maps/tables/trainingTsv";
import { resumeTraining } from "../../../src/training/run/resumeTraining";
import { fixture } from "../../support/folder";
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
