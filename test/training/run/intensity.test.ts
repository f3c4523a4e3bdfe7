/** Histograms are standardised by landmarks of the training set of each split, which the MAPS keeps for all that comes. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { standardLandmarks } from "../../../src/data/intensity/histogram";
import { percentilesOf } from "../../../src/data/intensity/percentilesOf";
import { readNifti } from "../../../src/data/nifti/nifti";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { problemsOf } from "../../support/problemsOf";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  await writePhantomStudy(folder, { test: 4 });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a normalisation that is fitted", () => {
  it("is fitted on the training set alone, kept, and used for what is predicted", async () => {
    const maps = join(folder, "maps");
    const engine = await createOnnxEngine({ threads: 1 });
    const intensity = { kind: "histogram", range: [0, 10] };
    const changes = { intensity, selection_metrics: ["loss"], epochs: 2 };
    await trainPhantom(phantomExperiment(folder, changes), maps, { engine });

    const { landmarksJson } = mapsPlace(maps).split(0);
    const { landmarks } = JSON.parse(readFileSync(landmarksJson, "utf8"));
    const training: number[][] = [];
    for (let i = 0; i < 12; i++) {
      const { data } = await readNifti(imageFile(join(folder, "caps"), `sub-${String(i).padStart(3, "0")}`));
      const chosen = data.filter((value) => value > 0);
      training.push(percentilesOf(chosen, [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99]));
    }
    expect(landmarks).toEqual(standardLandmarks(training, [0, 10]));

    // The validation set, predicted anew as a group of its own, is read by the same landmarks.
    const place = (group: string) => mapsPlace(maps).split(0).best("loss").results(group);
    const tsv = join(folder, "split", "validation_baseline.tsv");
    const request = { maps, caps: join(folder, "caps"), tsv, skipLeakCheck: true };
    await predictGroup({ ...request, group: "again" }, { engine });
    const probabilities = (group: string) =>
      readFileSync(place(group).predictionTsv("image"), "utf8")
        .trim()
        .split("\n")
        .map((row) => row.split("\t").slice(0, 6));
    expect(probabilities("again")).toEqual(probabilities("validation"));

    const copy = join(folder, "copy");
    cpSync(maps, copy, { recursive: true });
    for (const damage of [null, "{}"]) {
      const { landmarksJson: file } = mapsPlace(copy).split(0);
      if (damage === null) rmSync(file);
      else writeFileSync(file, damage);
      const problems = await problemsOf(() =>
        predictGroup({ ...request, maps: copy, group: `lost-${damage}` }, { engine }),
      );
      expect(problems).toMatchObject([{ code: "intensity.no-landmarks", file }]);
    }
  });

  it("is fitted for each part by itself where parts are asked for, one network or one a part", async () => {
    const engine = await createOnnxEngine({ threads: 1 });
    const intensity = { kind: "histogram", range: [0, 10], each: "part" };
    const preprocessing_dict = { mode: "patch", patch_size: 8, stride_size: 4 };
    for (const multi_network of [false, true]) {
      const maps = join(folder, `parts-${multi_network}`);
      const changes = {
        intensity,
        preprocessing_dict,
        multi_network,
        selection_metrics: ["loss"],
        epochs: 1,
      };
      await trainPhantom(phantomExperiment(folder, changes), maps, { engine });
      const { landmarks } = JSON.parse(readFileSync(mapsPlace(maps).split(0).landmarksJson, "utf8"));
      // Patches along x, y, z: 2, 2, 1. The last begins at [4, 4, 0].
      expect(landmarks).toHaveLength(4 * 11);
      const last: number[][] = [];
      for (let i = 0; i < 12; i++) {
        const { data } = await readNifti(
          imageFile(join(folder, "caps"), `sub-${String(i).padStart(3, "0")}`),
        );
        const inPatch = (voxel: number) =>
          Math.floor(voxel / 140) >= 4 &&
          Math.floor(voxel / 10) % 14 >= 4 &&
          Math.floor(voxel / 10) % 14 < 12 &&
          voxel % 10 < 8;
        const chosen = data.filter((value, voxel) => inPatch(voxel) && value > 0);
        last.push(percentilesOf(chosen, [1, 10, 20, 30, 40, 50, 60, 70, 80, 90, 99]));
      }
      expect(landmarks.slice(33)).toEqual(standardLandmarks(last, [0, 10]));
      const request = { maps, caps: join(folder, "caps"), skipLeakCheck: true };
      const tsv = join(folder, "split", "validation_baseline.tsv");
      await predictGroup({ ...request, tsv, group: "again" }, { engine });
      const rows = (group: string) =>
        readFileSync(mapsPlace(maps).split(0).best("loss").results(group).predictionTsv("patch"), "utf8");
      expect(rows("again")).toBe(rows("validation"));
    }
  });
});
