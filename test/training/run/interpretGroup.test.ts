import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { readInterpretation } from "../../../src/maps/folder/interpretationRecord";
import { mapsPlace } from "../../../src/maps/folder/place";
import { loadTensor } from "../../../src/maps/weights/tensorFile";
import { type InterpretationRequest, interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { type PhantomStudy, phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

let engine: Engine;
let folder: string;
let maps: string;
let study: PhantomStudy;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  maps = join(folder, "maps");
  study = await writePhantomStudy(folder, { test: 4 });
  await trainPhantom(phantomExperiment(folder, { epochs: 8, selection_metrics: ["loss"] }), maps);
});
afterAll(() => rmSync(folder, { recursive: true }));

const interpret = (request: Partial<InterpretationRequest>) =>
  interpretGroup(
    {
      maps,
      group: "test",
      caps: join(folder, "caps"),
      tsv: join(folder, "test.tsv"),
      name: "why",
      method: "gradients",
      ...request,
    },
    { engine: async () => engine },
  );
const mapFolder = (name: string) =>
  join(mapsPlace(maps).split(0).best("loss").results("test").folder, `interpret-${name}`);
const mapOf = async (name: string, which: string) =>
  (await readNifti(join(mapFolder(name), `${which}_map.nii.gz`))).data;

describe("interpretGroup", () => {
  it("writes a map for each participant and their mean", async () => {
    const { folders, stopped } = await interpret({ name: "gradients", saveTensors: true });
    expect(stopped).toBe(false);
    expect(folders).toEqual([mapFolder("gradients")]);
    const names = study.test.map((row) => `${row.participant_id}_ses-M000_image-0`);
    expect(readdirSync(mapFolder("gradients")).sort()).toEqual(
      [
        "interpretation.json",
        ...["mean_image-0", ...names].flatMap((name) => [`${name}_map.nii.gz`, `${name}_map.pt`]),
      ].sort(),
    );
    const all = await Promise.all(names.map((name) => mapOf("gradients", name)));
    const mean = await mapOf("gradients", "mean_image-0");
    for (const voxel of [0, 500, 1000]) {
      const average = all.reduce((sum, map) => sum + map[voxel]! / all.length, 0);
      expect(mean[voxel]).toBeCloseTo(average, 7);
    }
    const tensor = await loadTensor(join(mapFolder("gradients"), `${names[0]}_map.pt`));
    expect(tensor.shape).toEqual([1, 12, 14, 10]);
    expect(tensor.data).toEqual(all[0]);
  });

  it("shows that AD is where the cube is brighter", async () => {
    await interpret({ name: "where" });
    const map = await mapOf("where", "mean_image-0");
    const sums = { inside: 0, outside: 0, insideCount: 0, outsideCount: 0 };
    for (const [voxel, value] of map.entries()) {
      const [x, y, z] = [Math.floor(voxel / 140), Math.floor(voxel / 10) % 14, voxel % 10];
      const inside = x >= 4 && x < 8 && y >= 14 / 3 && y < 28 / 3 && z >= 10 / 3 && z < 20 / 3;
      sums[inside ? "inside" : "outside"] += value;
      sums[inside ? "insideCount" : "outsideCount"] += 1;
    }
    expect(sums.inside / sums.insideCount).toBeGreaterThan((2 * Math.abs(sums.outside)) / sums.outsideCount);
  });

  it("turns around with the output that is asked about", async () => {
    await interpret({ name: "first", node: 0 });
    await interpret({ name: "second", node: 1 });
    const [first, second] = [await mapOf("first", "mean_image-0"), await mapOf("second", "mean_image-0")];
    const product = first.reduce((sum, value, i) => sum + value * second[i]!, 0);
    expect(product).toBeLessThan(0);
  });

  it("draws Grad-CAM maps that are nowhere negative", async () => {
    await interpret({ name: "cam", method: "grad-cam", level: 4 });
    const map = await mapOf("cam", "mean_image-0");
    expect(map).toHaveLength(12 * 14 * 10);
    expect(Math.min(...map)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...map)).toBeGreaterThan(0);
  });

  it("adds up by integrated gradients, says how far it is from that, and tests whether the maps depend on the weights", async () => {
    await interpret({ name: "integrated", method: "integrated-gradients", steps: 100 });
    const { method, findings } = await readInterpretation(mapFolder("integrated"));
    expect(method).toBe("integrated-gradients");
    const { completeness, weightsTest } = findings;
    expect(completeness).toMatchObject({ samples: 4 });
    expect(completeness!.meanGap).toBeLessThan(0.05 * completeness!.meanChange);
    expect(weightsTest).toMatchObject({ samples: 4, depends: true });
  });

  it("finds the cube by occlusion", async () => {
    await interpret({ name: "hidden", method: "occlusion", block: 3, stride: 2 });
    const map = await mapOf("hidden", "mean_image-0");
    const largest = map.reduce((best, value, voxel) => (value > map[best]! ? voxel : best), 0);
    const [x, y, z] = [Math.floor(largest / 140), Math.floor(largest / 10) % 14, largest % 10];
    expect(x >= 3 && x < 9 && y >= 3 && y < 11 && z >= 2 && z < 8, `${x}, ${y}, ${z}`).toBe(true);
    const { findings } = await readInterpretation(mapFolder("hidden"));
    expect(findings.completeness).toBeUndefined();
  });

  it("tells nothing of the weights where the maps are the same everywhere, and does not look where it is told so", async () => {
    const untested = await interpret({ name: "untested", skipWeightsTest: true });
    expect(await readInterpretation(untested.folders[0]!)).toMatchObject({ findings: {} });
    // Each participant's image is hidden as a whole: every voxel has the same value, whatever the weights are.
    await interpret({ name: "whole", method: "occlusion", block: 14 });
    const { findings } = await readInterpretation(mapFolder("whole"));
    expect(findings.weightsTest).toMatchObject({ rank: null, depends: null });
  });

  it("keeps maps of a name until they are overwritten", async () => {
    await interpret({ name: "kept" });
    const before = await mapOf("kept", "mean_image-0");
    await expect(interpret({ name: "kept", node: 1 })).rejects.toThrow("There are maps of this name.");
    expect(await mapOf("kept", "mean_image-0")).toEqual(before);
    await interpret({ name: "kept", node: 1, overwrite: true });
    expect(await mapOf("kept", "mean_image-0")).not.toEqual(before);
    expect(readdirSync(dirname(mapFolder("kept"))).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it.each([
    ["an output that is not there", { node: 2 }, "There is no output 2. Choose among 0 AD, 1 CN."],
    [
      "a level that is not there",
      { method: "grad-cam", level: 9 },
      "There is no level 9 of the convolutions. Choose 1 to 8.",
    ],
    [
      "blocks with voxels between them",
      { method: "occlusion", block: 2, stride: 3 },
      "Blocks of 2 voxels that are 3 apart would leave voxels between them",
    ],
    ["a name that is a path", { name: "a/b" }, 'Maps cannot be called "a/b": it holds a character'],
  ] as const)("refuses %s", async (_, request, message) => {
    await expect(interpret(request)).rejects.toThrow(message);
  });

  it("explains each network of a multi-network by its own part", async () => {
    const where = join(folder, "slices");
    const preprocessing_dict = {
      mode: "slice",
      slice_direction: 0,
      slice_mode: "rgb",
      discarded_slices: [5, 5],
    };
    const architecture = {
      convolutions: [{ layer: "Conv", out_channels: 4, kernel_size: 3 }, { layer: "ReLU" }],
      fc: [{ layer: "Flatten" }, { layer: "Linear" }],
    };
    const experiment = phantomExperiment(folder, {
      preprocessing_dict,
      architecture,
      multi_network: true,
      epochs: 1,
      selection_metrics: ["loss"],
    });
    await trainPhantom(experiment, where);
    const { folders } = await interpret({ maps: where, name: "slices" });
    const files = readdirSync(folders[0]!);
    expect(files.filter((file) => file.endsWith(".nii.gz"))).toHaveLength(2 * (4 + 1));
    const { header } = await readNifti(join(folders[0]!, "mean_slice-6_map.nii.gz"));
    expect(header.shape).toEqual([1, 14, 10]);
    expect(header.affine[0]?.[3]).toBe(6);
  });

  it("refuses a reconstruction", async () => {
    const where = join(folder, "autoencoder");
    await trainPhantom(phantomExperiment(folder, { network_task: "reconstruction", epochs: 1 }), where);
    await expect(interpret({ maps: where })).rejects.toThrow("A reconstruction has no answer to explain.");
  });
});
