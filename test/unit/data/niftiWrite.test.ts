import { readFileSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { temporaryFolder } from "../../support/folderOfFile";

const folder = temporaryFolder();
const shape: [number, number, number] = [4, 3, 2];
const ramp = Array.from({ length: 24 }, (_, i) => i * 3 - 20);
const affine = [
  [-2, 0, 0.5, 90],
  [0, 2, 0, -126],
  [0.25, 0, 3, -72],
  [0, 0, 0, 1],
];

describe("writeNifti", () => {
  it.each([
    ["float32", Float32Array.from(ramp, (v) => v / 7)],
    ["int16", Int16Array.from(ramp)],
    ["uint8", Uint8Array.from(ramp, (v) => v + 20)],
  ])("writes %s voxels and an affine that are read back", async (datatype, data) => {
    for (const suffix of ["nii", "nii.gz"]) {
      const file = join(folder, `${datatype}.${suffix}`);
      await writeNifti(file, { shape, data, affine });
      const { header, data: read } = await readNifti(file);
      expect({ shape: header.shape, datatype: header.datatype, affine: header.affine }).toEqual({
        shape,
        datatype,
        affine,
      });
      expect([...read]).toEqual([...Float32Array.from(data)]);
    }
  });

  it("stores x as the fastest axis, after 352 bytes", async () => {
    const file = join(folder, "order.nii");
    await writeNifti(file, { shape: [2, 1, 2], data: Uint8Array.of(1, 2, 3, 4) });
    expect([...readFileSync(file).subarray(352)]).toEqual([1, 3, 2, 4]);
  });

  it("gives an identity affine when nothing is known", async () => {
    const file = join(folder, "identity.nii");
    await writeNifti(file, { shape, data: new Uint8Array(24) });
    const { affine, voxelSize } = await readNiftiHeader(file);
    expect(affine).toEqual([
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ]);
    expect(voxelSize).toEqual([1, 1, 1]);
  });

  const originals: Record<string, { file: string; affine: number[][] }> = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../fixtures/data/nifti.json"), "utf8"),
  ).cases;

  it.each([
    "int16 big-endian nifti-1 scaled",
    "int16 little-endian nifti-2 scaled",
    "float32 big-endian nifti-2",
    "qform nifti-1 qfac -1",
  ])("keeps the header of an input: %s", async (name) => {
    const source = join(folder, "original.nii");
    await writeFile(source, Buffer.from(originals[name]!.file, "base64"));
    const original = await readNifti(source);
    const file = join(folder, "kept.nii.gz");
    await writeNifti(file, { shape: original.header.shape, data: original.data, header: original.header });

    const { header, data } = await readNifti(file);
    expect(data).toEqual(original.data);
    expect({ ...header, bytes: null }).toEqual({
      ...original.header,
      file,
      datatype: "float32",
      slope: 1,
      intercept: 0,
      bytes: null,
    });
  });

  it("leaves nothing but the file", async () => {
    expect((await readdir(folder)).filter((name) => name.includes("tmp"))).toEqual([]);
  });
});
