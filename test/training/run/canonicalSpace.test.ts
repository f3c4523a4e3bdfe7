/** A network that reads its images in canonical orientation sees the same brain however it is stored. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readImageInSpace } from "../../../src/data/nifti/imageInSpace";
import { readNifti } from "../../../src/data/nifti/nifti";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { capsStoredAs } from "../../support/storeAs";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const CANONICAL_SPACE = { orientation: "canonical" } as const;
const CANONICAL = { space: CANONICAL_SPACE };
const OTHERS = ["LAS", "PSR"];

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  await writePhantomStudy(folder, { test: 4 });
  for (const codes of OTHERS) await capsStoredAs(join(folder, "caps"), join(folder, codes), codes);
});
afterAll(() => rmSync(folder, { recursive: true }));

const predictions = (maps: string, group: string) =>
  readFileSync(mapsPlace(maps).split(0).best("loss").results(group).predictionTsv("image"), "utf8");

describe("space: canonical", () => {
  it("gives the same predictions and maps bit for bit, each on the grid it was computed on", async () => {
    const maps = join(folder, "maps");
    const engine = await createOnnxEngine({ threads: 1 });
    await trainPhantom(phantomExperiment(folder, { ...CANONICAL, selection_metrics: ["loss"] }), maps, {
      engine,
    });
    const request = { maps, tsv: join(folder, "test.tsv") };
    const mapOf = (group: string) =>
      join(
        mapsPlace(maps).split(0).best("loss").results(group).folder,
        "interpret-why/sub-018_ses-M000_image-0_map.nii.gz",
      );
    for (const group of ["caps", ...OTHERS]) {
      const caps = join(folder, group);
      await predictGroup({ ...request, group, caps }, { engine });
      await interpretGroup({ ...request, group, caps, name: "why", method: "gradients" }, { engine });
    }
    const expected = await readNifti(mapOf("caps"));
    for (const group of OTHERS) {
      expect(predictions(maps, group)).toBe(predictions(maps, "caps"));
      const map = await readNifti(mapOf(group));
      expect(map.header.affine).toEqual(expected.header.affine);
      expect(map.header.shape).toEqual(expected.header.shape);
      expect(map.data).toEqual(expected.data);
    }
  });

  it("trains on copies that are stored otherwise as on the images themselves", async () => {
    const weights = async (caps: string) => {
      const maps = join(folder, `maps-${caps}`);
      const changes = { ...CANONICAL, epochs: 1, caps_directory: join(folder, caps) };
      await trainPhantom(phantomExperiment(folder, changes), maps);
      return readFileSync(mapsPlace(maps).split(0).network().bestModel("loss"));
    };
    expect((await weights("PSR")).equals(await weights("caps"))).toBe(true);
  });

  it("keeps the affine of the canonical grid in reconstructions of parts", async () => {
    const maps = join(folder, "patches");
    const changes = {
      ...CANONICAL,
      network_task: "reconstruction",
      epochs: 1,
      caps_directory: join(folder, "PSR"),
      preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5 },
    };
    const engine = await createOnnxEngine({ threads: 1 });
    await trainPhantom(phantomExperiment(folder, changes), maps, { engine });
    const tsv = join(folder, "test.tsv");
    await predictGroup({ maps, group: "test", caps: join(folder, "PSR"), tsv, saveNifti: true }, { engine });
    // Patches of 12 x 14 x 10 voxels along x, y, z: the last of 2 x 2 x 2 begins at voxel 5 of each.
    const { folder: results } = mapsPlace(maps).split(0).best("loss").results("test");
    const { header } = await readNifti(join(results, "nifti_images/sub-018_ses-M000_patch-7_input.nii.gz"));
    const whole = await readImageInSpace(imageFile(join(folder, "PSR"), "sub-018"), CANONICAL_SPACE);
    expect(whole.grid.affine.map((row) => row[3])).toEqual([0, 0, 0, 1]);
    expect(header.affine).toEqual([
      [1, 0, 0, 5],
      [0, 1, 0, 5],
      [0, 0, 1, 5],
      [0, 0, 0, 1],
    ]);
  });
});
