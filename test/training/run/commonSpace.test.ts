/** Images of any size and orientation become inputs of one grid: what a network learns of them does not depend on how they are stored. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readImageInSpace } from "../../../src/data/nifti/imageInSpace";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Experiment } from "../../../src/experiment/experiment";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { mapsPlace } from "../../../src/maps/folder/place";
import { resample } from "../../../src/space/resample";
import { gridUnder } from "../../../src/space/spaceRule";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { phantomExperiment, tinyArchitecture, writePhantomStudy } from "../../support/phantomStudy";
import { capsStoredAs, storeAs } from "../../support/storeAs";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const RULE = {
  orientation: "canonical",
  voxel_size: 1.3,
  interpolation: "cubic",
  size: [10, 12, 9],
  center: "head",
} as const;

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  await writePhantomStudy(folder, { test: 2 });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a common space", () => {
  it("gives the same curve whether the files are stored RAS, LAS or PSR", async () => {
    const curve = async (caps: string) => {
      const maps = join(folder, `maps-${caps}`);
      const changes = { space: RULE, epochs: 2, caps_directory: join(folder, caps) };
      await trainPhantom(phantomExperiment(folder, changes), maps);
      const place = mapsPlace(maps).split(0).network();
      const table = readFileSync(place.trainingTsv, "utf8").split("\n");
      const columns = table[0]!.split("\t");
      // All but the time that it took.
      const kept = columns.flatMap((name, i) => (name === "time" ? [] : [i]));
      return {
        rows: table.map((row) => kept.map((i) => row.split("\t")[i])),
        weights: readFileSync(place.bestModel("loss")),
      };
    };
    const expected = await curve("caps");
    expect(expected.rows.length).toBeGreaterThan(2);
    for (const codes of ["LAS", "PSR"]) {
      await capsStoredAs(join(folder, "caps"), join(folder, codes), codes);
      const got = await curve(codes);
      expect(got.rows).toEqual(expected.rows);
      expect(got.weights.equals(expected.weights)).toBe(true);
    }
  });

  it("keeps images where it is told, reads them from there, and removes them", async () => {
    const study = temporaryFolder();
    await writePhantomStudy(study, { train: 4, validation: 2, test: 0 });
    const experiment = {
      caps_directory: "caps",
      tsv_path: "split",
      space: RULE,
      cache_directory: "kept",
      architecture: tinyArchitecture,
      epochs: 1,
      batch_size: 2,
      n_proc: 0,
      cache_gb: 0,
    };
    const file = join(study, "kept.experiment.json");
    writeFileSync(file, JSON.stringify(experiment));
    const { experiment: resolved } = await readExperiment(file);
    const weights = async (maps: string, changes: Partial<Experiment>) => {
      await trainPhantom({ ...resolved!, ...changes }, join(study, maps));
      return readFileSync(mapsPlace(join(study, maps)).split(0).network().bestModel("loss"));
    };
    const without = await weights("without", { cache_directory: null });
    for (const maps of ["first", "second"]) expect((await weights(maps, {})).equals(without)).toBe(true);
    expect(readdirSync(join(study, "kept"))).toHaveLength(6);
    writeFileSync(join(study, "kept", "mine.txt"), "mine");
    const { printed } = await gyrus("cache", "clear", file, "--json");
    expect(resultOf(printed)).toMatchObject({ images: 6 });
    expect(readdirSync(join(study, "kept"))).toEqual(["mine.txt"]);
  });

  it("lets images of two sites be trained on, and writes maps where their voxels are", async () => {
    const caps = join(folder, "sites");
    cpSync(join(folder, "caps"), caps, { recursive: true });
    for (let i = 0; i < 20; i += 3) {
      const file = imageFile(caps, `sub-${String(i).padStart(3, "0")}`);
      const { header, data } = await readNifti(file);
      const target = gridUnder(header, {
        orientation: "stored",
        voxel_size: [1.7, 1.4, 2],
        size: [9, 11, 7],
      });
      const { grid, values } = resample(
        { grid: { shape: header.shape, affine: header.affine }, values: data },
        target,
        { interpolation: "linear", outside: 0 },
      );
      await writeNifti(file, { shape: grid.shape, data: values, affine: grid.affine });
      await storeAs(file, i % 2 === 0 ? "PSR" : "LAS");
    }
    const maps = join(folder, "of-sites");
    const engine = await createOnnxEngine({ threads: 1 });
    const experiment = phantomExperiment(folder, { space: RULE, epochs: 1, caps_directory: caps });
    await trainPhantom(experiment, maps, { engine });
    const kept = await readExperiment(mapsPlace(maps).mapsJson);
    expect(kept.experiment?.space).toEqual(RULE);
    await interpretGroup(
      { maps, group: "test", caps, tsv: join(folder, "test.tsv"), name: "why", method: "gradients" },
      { engine },
    );
    const { folder: results } = mapsPlace(maps).split(0).best("loss").results("test");
    for (const participant of ["sub-018", "sub-019"]) {
      const map = await readNifti(
        join(results, "interpret-why", `${participant}_ses-M000_image-0_map.nii.gz`),
      );
      const { grid } = await readImageInSpace(imageFile(caps, participant), RULE);
      expect(map.header.shape).toEqual([10, 12, 9]);
      for (const [i, row] of map.header.affine.entries())
        for (const [j, value] of row.entries()) expect(value).toBeCloseTo(grid.affine[i]![j]!, 5);
    }
  });
});
