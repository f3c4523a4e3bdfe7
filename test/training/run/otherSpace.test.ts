/** Images that are stored otherwise than those that the networks learned from: the same brains, and another answer. */
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditedSurvey } from "../../../src/audit/auditPlan";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Problem } from "../../../src/experiment/problems/problem";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readTrainingSpace } from "../../../src/maps/folder/trainingSpace";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { predictGroup } from "../../../src/training/results/predictGroup";
import type { PredictionRequest } from "../../../src/training/results/predictionPlan";
import { resumeTraining } from "../../../src/training/run/resumeTraining";
import type { RunOptions } from "../../../src/training/run/runOptions";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { problemsOf } from "../../support/problemsOf";
import { capsStoredAs, storeAs } from "../../support/storeAs";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

let engine: Engine;
let folder: string;
let maps: string;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  maps = join(folder, "maps");
  await writePhantomStudy(folder, { test: 4 });
  await trainPhantom(phantomExperiment(folder, { epochs: 1, selection_metrics: ["loss"] }), maps, { engine });
  await capsStoredAs(join(folder, "caps"), join(folder, "las"), "LAS");
});
afterAll(() => rmSync(folder, { recursive: true }));

const request = (changes: Partial<PredictionRequest> = {}): PredictionRequest => ({
  maps,
  group: "las",
  caps: join(folder, "las"),
  tsv: join(folder, "test.tsv"),
  ...changes,
});

describe("a group that is stored LAS, where the training was RAS", () => {
  const refused = [
    {
      severity: "error",
      code: "space.orientation-other",
      message: expect.stringMatching(
        /^4 of 4 images are stored in an orientation \(LAS\) that no training image has \(RAS\): sub-018 ses-M000, /,
      ),
    },
  ];

  it("is refused by prediction and interpretation, before anything is written", async () => {
    expect(await problemsOf(() => predictGroup(request(), { engine }))).toMatchObject(refused);
    const why = { name: "why", method: "gradients" } as const;
    expect(await problemsOf(() => interpretGroup({ ...request(), ...why }, { engine }))).toMatchObject(
      refused,
    );
    expect(existsSync(mapsPlace(maps).group("las").folder)).toBe(false);
  });

  it("is predicted where the user accepts it, with a warning", async () => {
    const warnings: Problem[] = [];
    const accepted = request({ group: "accepted", acceptSpace: true });
    await predictGroup(accepted, { engine, onWarning: (found) => warnings.push(found) });
    expect(warnings).toMatchObject([{ severity: "warning", code: "space.orientation-other" }]);
  });

  it("is a warning where only some are", async () => {
    const caps = await capsStoredAs(join(folder, "caps"), join(folder, "some"), "RAS");
    await storeAs(imageFile(caps, "sub-020"), "LAS");
    const warnings: Problem[] = [];
    await predictGroup(request({ group: "some", caps }), {
      engine,
      onWarning: (found) => warnings.push(found),
    });
    expect(warnings).toMatchObject([
      { severity: "warning", message: expect.stringMatching(/^1 of 4 images .*: sub-020 ses-M000\. /) },
    ]);
  });

  it("is compared with the training images where the MAPS has no record, else the run says that it cannot", async () => {
    const { trainingSpaceTsv } = mapsPlace(maps);
    expect(await readTrainingSpace(maps)).toHaveLength(18);
    renameSync(trainingSpaceTsv, `${trainingSpaceTsv}.away`);
    expect(await problemsOf(() => predictGroup(request(), { engine }))).toMatchObject(refused);

    const warnings: Problem[] = [];
    renameSync(join(folder, "caps"), join(folder, "moved"));
    await predictGroup(request({ group: "unknown" }), {
      engine,
      onWarning: (found) => warnings.push(found),
    });
    expect(warnings).toMatchObject([{ severity: "warning", code: "space.training-unknown" }]);
    renameSync(join(folder, "moved"), join(folder, "caps"));
    renameSync(`${trainingSpaceTsv}.away`, trainingSpaceTsv);
  });
});

describe("a training on LAS images that begins with what was learned from RAS images", () => {
  const told = async (changes: object = {}) => {
    const keys = { caps_directory: join(folder, "las"), transfer_path: maps, ...changes };
    const { problems } = await auditedSurvey(phantomExperiment(folder, keys));
    return problems.filter(({ code }) => code.startsWith("space."));
  };

  it("is warned of it, and not where it reads its images as those were read", async () => {
    expect(await told()).toMatchObject([
      {
        severity: "warning",
        code: "space.orientation-of-source",
        where: "transfer_path",
        message: expect.stringMatching(
          /^18 of 18 images are stored in an orientation \(LAS\) .*\(RAS\): sub-000 /,
        ),
      },
    ]);
    expect(await told({ space: { orientation: "canonical" } })).toEqual([]);
    expect(await told({ caps_directory: join(folder, "caps") })).toEqual([]);
  });

  it("is told that they cannot be compared where neither the MAPS nor an image tells", async () => {
    const { trainingSpaceTsv } = mapsPlace(maps);
    renameSync(trainingSpaceTsv, `${trainingSpaceTsv}.away`);
    renameSync(join(folder, "caps"), join(folder, "moved"));
    expect(await told()).toMatchObject([{ severity: "notice", code: "space.source-unknown" }]);
    renameSync(join(folder, "moved"), join(folder, "caps"));
    renameSync(`${trainingSpaceTsv}.away`, trainingSpaceTsv);
  });
});

describe("a training whose images were stored otherwise meanwhile", () => {
  it("does not go on", async () => {
    const options = { engine, gyrusVersion: "0.0.0", command: ["gyrus", "resume"] };
    await storeAs(imageFile(join(folder, "caps"), "sub-003"), "LAS");
    expect(await problemsOf(() => resumeTraining(maps, options))).toMatchObject([
      { code: "resume.other-space", message: expect.stringMatching(/^1 of 18 .*\(sub-003 ses-M000\)\.$/) },
    ]);
    await storeAs(imageFile(join(folder, "caps"), "sub-003"), "RAS");
    await expect(resumeTraining(maps, options)).resolves.toMatchObject({ reason: "completed" });
  });
});

describe("a trainer that joins where images were stored otherwise meanwhile", () => {
  it("is refused, unless it accepts that, as the problem says", async () => {
    const experiment = phantomExperiment(folder, { epochs: 1, selection_metrics: ["loss"] });
    const join = (accepted: NonNullable<RunOptions["accepted"]> = new Set()) =>
      trainPhantom(experiment, maps, { engine, join: true, accepted });
    await storeAs(imageFile(`${folder}/caps`, "sub-003"), "LAS");
    expect(await problemsOf(() => join())).toMatchObject([
      { code: "resume.other-space", remedy: expect.stringContaining("--accept-space lets it pass") },
    ]);
    await expect(join(new Set(["space"]))).resolves.toMatchObject({ outcome: { reason: "completed" } });
  });
});
