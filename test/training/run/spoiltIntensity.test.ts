import { mkdtempSync, rmSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Problem } from "../../../src/experiment/problems/problem";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

it("says before the first epoch, a prediction and an explanation which images one voxel spoils, which hold NaN, and which files go on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  await writePhantomStudy(folder);
  const spoil = async (participant: string, value: number) => {
    const file = imageFile(join(folder, "caps"), participant);
    const { header, data } = await readNifti(file);
    data[700] = value;
    await writeNifti(file, { shape: header.shape, data });
  };
  for (const participant of ["sub-002", "sub-019"]) await spoil(participant, 1e6);
  await spoil("sub-013", Number.NaN);

  const warnings: Problem[] = [];
  const order: string[] = [];
  const engine = await createOnnxEngine({ threads: 1 });
  const maps = join(folder, "maps");
  const experiment = phantomExperiment(folder, { epochs: 1, selection_metrics: ["loss"] });
  const onWarning = (found: Problem) => {
    warnings.push(found);
    order.push("warning");
  };
  await trainPhantom(experiment, maps, { engine, onWarning, observer: ({ kind }) => order.push(kind) });
  expect(order.lastIndexOf("warning")).toBeLessThan(order.indexOf("start"));
  expect(warnings.filter(({ code }) => code.startsWith("intensity."))).toMatchObject([
    {
      code: "intensity.squashed",
      message: expect.stringMatching(/^In 1 of 18 .*\(sub-002 ses-M000: 1000000, /),
    },
    { code: "intensity.not-numbers", message: expect.stringContaining("(sub-013 ses-M000: 1 voxel)") },
  ]);

  await spoil("sub-020", Number.NaN);
  const longer = imageFile(join(folder, "caps"), "sub-021");
  await appendFile(longer, "what a longer file left");
  const told = [
    { code: "intensity.squashed", message: expect.stringContaining("(sub-019 ses-M000: 1000000, ") },
    { code: "intensity.not-numbers", message: expect.stringContaining("(sub-020 ses-M000: 1 voxel)") },
    { code: "audit.trailing-bytes", file: longer, message: expect.stringContaining("(sub-021 ses-M000)") },
  ];
  const group = { maps, group: "test", caps: join(folder, "caps"), tsv: join(folder, "test.tsv") };
  const predicted: Problem[] = [];
  await predictGroup(group, { engine, onWarning: (found) => predicted.push(found) });
  expect(predicted).toMatchObject(told);
  const explained: Problem[] = [];
  const explanation = { ...group, name: "why", method: "gradients" } as const;
  await interpretGroup(explanation, { engine, onWarning: (found) => explained.push(found) });
  expect(explained).toMatchObject(told);
});
