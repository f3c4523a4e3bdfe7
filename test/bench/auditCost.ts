/**
 * What the audit costs beside the first epoch: `npm run build && node dist/auditCost.js`.
 *
 * Trains one epoch of Conv5_FC3 on 40 images of 169x208x179 voxels in this process, on one thread, and takes the processor time of
 * the epoch and of all that the audit does: tables, headers, facts of the voxels, every check. A copy is planted, so that the
 * checks have something to compare.
 */
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withVoxels } from "../../src/audit/auditVoxels";
import { findingsOf } from "../../src/audit/findings";
import { planStudy } from "../../src/audit/gather/planStudy";
import { extentOf } from "../../src/data/batches/normalise";
import { readNifti } from "../../src/data/nifti/nifti";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { type VoxelFacts, voxelFacts } from "../../src/data/nifti/voxelFacts";
import { planData } from "../../src/data/plan/experimentData";
import { createOnnxEngine } from "../../src/engine/onnx/onnxEngine";
import { resolveExperiment } from "../../src/experiment/file/resolve";
import { RandomGenerator } from "../../src/network/weights/random";
import { runTraining } from "../../src/training/run/runTraining";
import { imageFile, person, writeTable } from "../support/study";

const SIZE = [169, 208, 179] as const;
const IMAGES = 40;

const folder = await mkdtemp(join(tmpdir(), "gyrus-audit-"));
try {
  const rows = Array.from({ length: IMAGES }, (_, i) => person(`sub-${i}`, i % 2 === 0 ? "AD" : "CN"));
  const [train, validation] = [rows.slice(0, 32), rows.slice(32)];
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
  for (const [i, { participant_id = "" }] of rows.entries()) {
    await writeNifti(imageFile(join(folder, "caps"), participant_id), { shape: SIZE, data: brainOf(i) });
  }
  await copyFile(imageFile(join(folder, "caps"), "sub-0"), imageFile(join(folder, "caps"), "sub-39"));
  const { experiment } = resolveExperiment(
    {
      caps_directory: "caps",
      tsv_path: "split",
      architecture: "Conv5_FC3",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
      batch_size: 2,
      epochs: 1,
      n_proc: 0,
    },
    join(folder, "a.experiment.json"),
  );
  if (experiment === null) throw new Error("The experiment of the bench is none.");

  const plan = await planData(experiment);
  const facts = new Map<string, VoxelFacts>();
  const started = process.cpuUsage();
  const study = await planStudy(experiment, plan);
  const tables = seconds(started);
  let voxels = 0;
  for (const { file } of study.scans) {
    const { data } = await readNifti(file);
    // The check of the image, which is no part of the audit, knows it.
    const extent = extentOf(data);
    const before = process.cpuUsage();
    facts.set(file, voxelFacts(data, SIZE, extent));
    voxels += seconds(before);
  }
  const beforeChecks = process.cpuUsage();
  const found = findingsOf(withVoxels(study, facts), ["rows", "headers", "voxels"]);
  const checks = seconds(beforeChecks);

  const times = { start: 0, epoch: 0 };
  const now = () => seconds({ user: 0, system: 0 });
  await runTraining(experiment, join(folder, "maps"), {
    engine: await createOnnxEngine({ threads: 1 }),
    gyrusVersion: "0.0.0",
    command: [],
    accepted: new Set(["leaks"]),
    observer: ({ kind }) => {
      if (kind === "start" || kind === "epoch") times[kind] = now();
    },
  });
  const epoch = times.epoch - times.start;
  const audit = tables + voxels + checks;
  const line = (name: string, value: number) => `${name.padEnd(34)}${value.toFixed(2).padStart(9)} s\n`;
  process.stdout.write(
    [
      line("tables and sidecars", tables),
      line(`facts of the voxels of ${IMAGES} images`, voxels),
      line(`all checks (${found.map(({ code }) => code).join(", ")})`, checks),
      line("the first epoch", epoch),
      `the audit costs ${((100 * audit) / epoch).toFixed(2)} % of the processor time of the first epoch\n`,
    ].join(""),
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

function seconds(before: { readonly user: number; readonly system: number }): number {
  const { user, system } = process.cpuUsage();
  return (user - before.user + system - before.system) / 1e6;
}

/** Noise over a head with a bump of its own, nothing around it. */
function brainOf(seed: number): Float32Array {
  const [nx, ny, nz] = SIZE;
  const random = new RandomGenerator(seed);
  const bump = SIZE.map(() => random.uniform());
  return Float32Array.from({ length: nx * ny * nz }, (_, voxel) => {
    const place = [Math.floor(voxel / (ny * nz)) / nx, (Math.floor(voxel / nz) % ny) / ny, (voxel % nz) / nz];
    const from = (at: readonly number[]) =>
      place.reduce((sum, x, axis) => sum + (x - (at[axis] ?? 0)) ** 2, 0);
    if (from([0.5, 0.5, 0.5]) > 0.2) return 0;
    return Math.fround(100 + 20 * random.uniformFloat() + 60 * Math.exp(-30 * from(bump)));
  });
}
