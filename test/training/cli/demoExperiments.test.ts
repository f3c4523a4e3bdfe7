import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeDemoExperiments, writeMoreStudies } from "../../../src/cli/demoExperiments";
import { type DemoStudy, writeDemo } from "../../../src/data/demo/demoCaps";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { readGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMetrics } from "../../../src/maps/tables/metricsTsv";
import type { ReplyProblem } from "../../../src/run/commandReply";
import { EXIT } from "../../../src/run/exitCodes";
import { predictGroup } from "../../../src/training/results/predictGroup";
import type { TrainingOutcome } from "../../../src/training/run/runOptions";
import { runTraining } from "../../../src/training/run/runTraining";
import { gyrus } from "../../support/memoryTerminal";

let folder: string;
let study: DemoStudy;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  study = await writeDemo(folder, { seed: 0 });
  const more = await writeMoreStudies(folder, 0);
  await writeDemoExperiments({ folder, study, more, seed: 0 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const mapsOf = (name: string) => join(folder, "more", name);

/** Trains the experiment file `name` of the demo, changed by `keys`, into `maps`. */
async function train(name: string, maps: string, keys: object = {}): Promise<TrainingOutcome> {
  const { experiment, problems } = await readExperiment(join(folder, "more", `${name}.experiment.json`));
  expect(problems).toEqual([]);
  return await runTraining({ ...experiment!, ...keys }, maps, {
    engine: await createOnnxEngine({ threads: 2 }),
    gyrusVersion: "0.0.0",
    command: ["gyrus", "train"],
  });
}

/** docs/demo.md walks through them. */
const FAULTS = [
  "error audit.same-scan-in-sets",
  "error space.orientation-tells-class",
  "error split.leak",
  "warning audit.class-by-number",
  "warning audit.class-by-value",
  "warning audit.near-copies",
  "warning intensity.squashed",
  "warning space.voxel-size-mixed",
];

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("what the demo offers to try", () => {
  it.each([0, 1, 2])(
    "a CNN that starts from an autoencoder is ahead of one from scratch after an epoch, with seed %d",
    async (seed) => {
      const source = mapsOf(`autoencoder-${seed}`);
      const encoded = await train("autoencoder", source, { seed });
      const { SSIM, loss } = encoded.splits[0]!.best.loss!.validation;
      expect(encoded.splits[0]!.best.loss!.epoch).toBe(5);
      expect(SSIM!).toBeGreaterThan(0.4);
      expect(loss!).toBeLessThan(0.25);

      const brief = { seed, epochs: 1 };
      const moved = await train("from-autoencoder", mapsOf(`moved-${seed}`), {
        ...brief,
        transfer_path: source,
      });
      const fresh = await train("from-scratch", mapsOf(`fresh-${seed}`), brief);
      const lossOf = (outcome: TrainingOutcome) => outcome.splits[0]!.best.loss!.validation.loss!;
      expect(lossOf(moved)).toBeLessThan(lossOf(fresh));
    },
    120_000,
  );

  it("patches that vote know more than a patch does on average, about people whom nothing has seen too", async () => {
    const maps = mapsOf("patches");
    const { splits } = await train("patches", maps);
    const accuracies = splits.map(({ best }) => best.loss!.validation.BA!);
    expect(accuracies).toHaveLength(8);
    expect(splits[0]!.images!.loss!.BA!).toBeGreaterThan(mean(accuracies) + 0.1);

    const { results } = await predictGroup(
      { maps, group: "test", caps: study.caps, tsv: study.test, metrics: ["loss"] },
      { engine: await createOnnxEngine({ threads: 2 }) },
    );
    const [result] = results;
    const parts = result!.metrics!.map(({ BA }) => BA!);
    expect(result!.images!.BA!).toBeGreaterThan(mean(parts) + 0.1);
  });

  it("who of the mildly impaired will progress is not learned in four epochs", async () => {
    const keys = { epochs: 4, patience: 0 };
    const { splits } = await train("progression", mapsOf("maps_progression"), keys);
    const hard = splits[0]!.best.loss!.validation;
    expect(hard.BA!).toBeLessThan(0.75);
    expect(hard.loss!).toBeGreaterThan(0.6);
  }, 300_000);

  /** Severities and codes of what the audit of an experiment in `more` finds, and its exit code. */
  async function audited(file: string) {
    const { exit, printed } = await gyrus("audit", join(folder, file), "--json");
    const reply = JSON.parse(printed);
    const found: readonly ReplyProblem[] = reply.problems ?? reply.result.findings;
    return { exit, found: found.map(({ severity, code }) => `${severity} ${code}`).sort(), printed };
  }

  it.each(["demo", "more/progression"])("the audit finds nothing in the data of %s", async (name) => {
    expect(await audited(`${name}.experiment.json`)).toMatchObject({ exit: EXIT.done, found: [] });
  });

  it("the audit finds every fault of the study with faults, with who is concerned", async () => {
    const { exit, found, printed } = await audited("more/faults.experiment.json");
    expect(exit).toBe(EXIT.failed);
    expect(found).toEqual(FAULTS);
    const concerned = [
      "(sub-004)",
      "sub-006 ses-M000 = sub-022",
      "sub-007 ses-M000 = sub-023",
      "(sub-012",
      "(sub-010",
    ];
    for (const names of concerned) expect(printed).toContain(names);
  });

  it("the tables that a spreadsheet has left are refused for ids and diagnoses", async () => {
    const { exit, found } = await audited("more/faults-exported.experiment.json");
    expect(exit).toBe(EXIT.failed);
    expect(found).toEqual(["error column.spellings", "error ids.not-in-caps"]);
  });

  it("two cohorts are trained on and validated together", async () => {
    const maps = mapsOf("cohorts");
    await train("two-cohorts", maps);
    const cohorts = async (group: "train" | "validation") => {
      const { rows } = await readGroup(mapsPlace(maps).group(group, 0));
      return ["first", "second"].map((name) => rows.filter(({ cohort }) => cohort === name).length);
    };
    expect(await cohorts("train")).toEqual([71, 31]);
    expect(await cohorts("validation")).toEqual([26, 14]);
    const [images] = await readMetrics(
      mapsPlace(maps).split(0).best("BA").results("validation").metricsTsv("image"),
    );
    expect(images!.values.BA!).toBeGreaterThan(0.9);
  });
});
