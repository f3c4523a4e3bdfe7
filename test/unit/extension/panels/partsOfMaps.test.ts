import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { partsOfMaps } from "../../../../src/extension/panels/partsOfMaps";
import { temporaryFolder } from "../../../support/folder";
import { tinyArchitecture, writePhantomStudy } from "../../../support/phantomStudy";
import { writeRegions } from "../../../support/regions";

async function mapsOf(changes: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = temporaryFolder();
  await writePhantomStudy(folder, { train: 4, validation: 2, test: 0 });
  const settings = {
    caps_directory: "caps",
    tsv_path: "split",
    architecture: tinyArchitecture,
    multi_network: true,
    ...changes,
  };
  writeFileSync(join(folder, "maps.json"), JSON.stringify(settings));
  return folder;
}

it("tells where patches lie, and which planes of the brain they are seen on", async () => {
  const maps = await mapsOf({ preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5 } });
  const parts = await partsOfMaps(maps);
  expect([parts?.size, parts?.through, parts?.boxes.length]).toEqual([[12, 14, 10], 2, 8]);
  // The last index is the first to change: patch 3 begins at voxel 0, 5, 5.
  expect(parts?.boxes[3]).toEqual({ start: [0, 5, 5], size: [5, 5, 5], index: 7, name: null });
  expect(parts?.panels.map(({ index, image }) => [index, image?.planes[0]?.input.length])).toEqual([
    [2, 12 * 14],
    [7, 12 * 14],
  ]);
});

it("looks at slices from their edge", async () => {
  const preprocessing_dict = { mode: "slice", slice_direction: 0, slice_mode: "single", discarded_slices: 2 };
  const parts = await partsOfMaps(await mapsOf({ preprocessing_dict }));
  expect([parts?.through, parts?.panels.length, parts?.boxes.length]).toEqual([1, 1, 8]);
  expect(parts?.boxes[0]).toEqual({ start: [2, 0, 0], size: [1, 14, 10], index: 7, name: null });
});

it("tells where regions lie, by their names", async () => {
  const maps = await mapsOf({ preprocessing_dict: { mode: "roi", roi_list: ["left", "right"] } });
  await writeRegions(join(maps, "caps"), [12, 14, 10], { left: [1, 2, 3], right: [7, 6, 2] });
  const parts = await partsOfMaps(maps);
  expect(parts?.boxes).toEqual([
    { start: [1, 2, 3], size: [4, 4, 4], index: 5, name: "left" },
    { start: [7, 6, 2], size: [4, 4, 4], index: 4, name: "right" },
  ]);
  expect(parts?.panels.map(({ index, image }) => [index, image?.planes[0]?.input.length])).toEqual([
    [5, 12 * 14],
    [4, 12 * 14],
  ]);
});

it("tells nothing where there is one network, or no image to be found", async () => {
  expect(await partsOfMaps(await mapsOf({ multi_network: false }))).toBeNull();
  const gone = await mapsOf({ preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5 } });
  rmSync(join(gone, "caps", "subjects"), { recursive: true });
  expect(await partsOfMaps(gone)).toBeNull();
});
