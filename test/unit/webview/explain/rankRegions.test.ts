import { expect, it } from "vitest";
import type { Affine } from "../../../../src/space/affine";
import { rankRegions } from "../../../../webview/explain/rankRegions";
import type { PlacedVolume } from "../../../../webview/shared/volume/layerSource";
import { fileStrides, valueAt } from "../../../../webview/shared/volume/volume";
import made from "../../../fixtures/webview/regions.json";

interface Made {
  readonly size: readonly number[];
  readonly affine: readonly (readonly number[])[];
  readonly data: readonly number[];
}

function placed({ size: [x = 0, y = 0, z = 0], affine, data }: Made): PlacedVolume {
  const size = [x, y, z] as const;
  return {
    volume: { size, strides: fileStrides(size), data: Float32Array.from(data), slope: 1, intercept: 0 },
    affine: affine as Affine,
  };
}

it("gives each voxel of a map to the region that nibabel gives it, whatever the grids", () => {
  const map = placed(made.map);
  const { regions, outside } = rankRegions(map, placed(made.atlas));
  expect(regions.map(({ label, voxels }) => ({ label, voxels }))).toEqual(
    made.regions.map(({ label, voxels }) => ({ label, voxels })),
  );
  for (const [i, expected] of made.regions.entries()) {
    expect(regions[i]!.meanSize).toBeCloseTo(expected.meanSize, 6);
    expect(regions[i]!.share).toBeCloseTo(expected.share, 6);
    expect(regions[i]!.balance).toBeCloseTo(expected.balance, 6);
    const most = Math.abs(valueAt(map.volume, regions[i]!.peak));
    expect(most).toBeGreaterThanOrEqual(expected.meanSize);
  }
  expect(outside).toBeCloseTo(1 - made.regions.reduce((sum, { share }) => sum + share, 0), 6);
});

it("says nothing of the balance of a region where the map is 0", () => {
  const atlas = placed(made.map);
  const ones = { ...atlas.volume, data: new Float32Array(atlas.volume.data.length).fill(1) };
  const zeros = { ...atlas.volume, data: new Float32Array(atlas.volume.data.length) };
  const { regions, outside } = rankRegions({ ...atlas, volume: zeros }, { ...atlas, volume: ones });
  expect(regions).toMatchObject([{ label: 1, meanSize: 0, share: 0, balance: null }]);
  expect(outside).toBe(0);
});
