import { readFileSync } from "node:fs";
import { mkdir, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/data", name), "utf8"));
const cases: Record<string, { file: string; values: (number | string)[]; affine: number[][] }> =
  fixture("nifti.json").cases;
const folder = temporaryFolder();

async function fileOf(name: string, suffix = ".nii"): Promise<string> {
  const bytes = Buffer.from(cases[name]!.file, "base64");
  const file = join(folder, `${name}${suffix}`);
  await writeFile(file, suffix === ".nii" ? bytes : gzipSync(bytes));
  return file;
}

describe("readNifti", () => {
  it.each(Object.keys(cases))("reads what nibabel reads: %s", async (name) => {
    const { header, data } = await readNifti(await fileOf(name));
    expect(header.shape).toEqual([5, 4, 3]);
    expect([...data]).toEqual(cases[name]!.values.map((value) => Number(fixInfinity(value))));
    for (const [i, row] of cases[name]!.affine.entries()) {
      for (const [j, value] of row.entries()) expect(header.affine[i]![j]).toBeCloseTo(value, 5);
    }
  });

  it("reads gzip files, whatever their name", async () => {
    const name = "int16 big-endian nifti-1 scaled";
    for (const suffix of [".nii.gz", ".gz.nii"]) {
      const { data } = await readNifti(await fileOf(name, suffix));
      expect([...data]).toEqual(cases[name]!.values);
    }
  });

  it("puts the voxels into the memory that it is given", async () => {
    const shared = new Float32Array(new SharedArrayBuffer(60 * 4));
    const { data } = await readNifti(await fileOf("uint8 little-endian nifti-1"), () => shared);
    expect(data).toBe(shared);
  });
});

const fixInfinity = (value: number | string) =>
  value === "inf" ? "Infinity" : value === "-inf" ? "-Infinity" : value;

describe("readNiftiHeader", () => {
  it("tells shape, type, scaling and voxel size without reading the voxels", async () => {
    const file = await fileOf("int16 little-endian nifti-2 scaled", ".nii.gz");
    const { version, littleEndian, shape, datatype, slope, intercept } = await readNiftiHeader(file);
    expect({ version, littleEndian, shape, datatype, slope, intercept }).toEqual({
      version: 2,
      littleEndian: true,
      shape: [5, 4, 3],
      datatype: "int16",
      slope: 0.37,
      intercept: -1.6,
    });
  });

  it("reads the header of a file whose end is missing", async () => {
    const file = await fileOf("float64 big-endian nifti-1", ".nii.gz");
    await truncate(file, 300);
    expect((await readNiftiHeader(file)).shape).toEqual([5, 4, 3]);
  });
});

describe("an image that cannot be read is refused with its file and a remedy", () => {
  const whole = Buffer.from(cases["int16 little-endian nifti-1"]!.file, "base64");
  const changed = (change: (header: Buffer) => void) => {
    const bytes = Buffer.from(whole);
    change(bytes);
    return bytes;
  };
  const corrupt = gzipSync(whole);
  corrupt[corrupt.length - 6]! ^= 0xff;
  const noise = Buffer.from(Array.from({ length: 60000 }, (_, i) => (i * 7919) % 251));
  const large = gzipSync(Buffer.concat([whole, noise]));

  it.each<[string, Buffer, RegExp]>([
    ["not a NIfTI", Buffer.alloc(1000, 7), /not a NIfTI/],
    ["empty", Buffer.alloc(0), /The file is empty/],
    ["gzip of something else", gzipSync(Buffer.alloc(1000, 7)), /not a NIfTI/],
    ["truncated gzip", large.subarray(0, large.length - 100), /gzip data is truncated/],
    ["corrupt gzip", corrupt, /gzip data is corrupt \(incorrect data check\)/],
    ["gzip cut in its header", corrupt.subarray(0, 5), /not a NIfTI|gzip data|is empty/],
    [
      "truncated voxels",
      whole.subarray(0, 400),
      /voxels are truncated: 5x4x3 int16 need 120 bytes, the file has 48/,
    ],
    ["truncated voxels in a sound gzip", gzipSync(whole.subarray(0, 400)), /voxels are truncated/],
    ["header of a pair", changed((b) => b.write("ni1\0", 344, "latin1")), /pair/],
    [
      "4D",
      changed((b) => {
        b.writeInt16LE(4, 40);
        b.writeInt16LE(2, 48);
      }),
      /more than one volume \(5x4x3x2\)/,
    ],
    ["2D", changed((b) => b.writeInt16LE(2, 40)), /has 2 axes/],
    ["no voxels", changed((b) => b.writeInt16LE(0, 44)), /no voxels/],
    ["complex", changed((b) => b.writeInt16LE(32, 70)), /complex numbers/],
    ["colours", changed((b) => b.writeInt16LE(128, 70)), /colours \(RGB\)/],
    ["quadruple precision", changed((b) => b.writeInt16LE(1536, 70)), /type 1536/],
    [
      "slope without intercept",
      changed((b) => {
        b.writeFloatLE(2, 112);
        b.writeFloatLE(Number.NaN, 116);
      }),
      /intercept/,
    ],
    ["no place of the voxels", changed((b) => b.writeFloatLE(Number.NaN, 108)), /where the voxels begin/],
    [
      "content without end behind the voxels",
      gzipSync(Buffer.concat([whole, Buffer.alloc(2 ** 27)])),
      /gzip data is corrupt/,
    ],
    ["wrong size of header", changed((b) => b.writeInt32LE(0, 0)), /not a NIfTI/],
  ])("%s", async (name, bytes, message) => {
    const file = join(folder, `bad ${name}.nii.gz`);
    await writeFile(file, bytes);
    const [problem, ...others] = await problemsOf(() => readNifti(file));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", file, message: expect.stringMatching(message) });
    expect(problem!.remedy).not.toBe("");
  });

  it("missing", async () => {
    const file = join(folder, "nowhere.nii.gz");
    expect(await problemsOf(() => readNifti(file))).toMatchObject([
      { file, message: "The file does not exist." },
    ]);
    expect(await problemsOf(() => readNiftiHeader(file))).toMatchObject([{ file }]);
  });

  it("a folder", async () => {
    const file = join(folder, "folder.nii.gz");
    await mkdir(file);
    expect(await problemsOf(() => readNifti(file))).toMatchObject([
      { file, message: "This is a folder, not a file." },
    ]);
    expect(await problemsOf(() => readNiftiHeader(file))).toMatchObject([
      { file, message: "This is a folder, not a file." },
    ]);
  });
});

describeWithReference("real volumes", ["reference/nifti"], () => {
  const samples: Record<
    string,
    {
      shape: number[];
      sum: number;
      sumOfSquares: number;
      min: number;
      max: number;
      voxels: { at: [number, number, number]; value: number }[];
      affine: number[][];
    }
  > = fixture("niftiSamples.json").samples;

  it.each(Object.keys(samples))("%s holds the voxels that nibabel sees", async (name) => {
    const expected = samples[name]!;
    const { header, data } = await readNifti(reference(`reference/nifti/${name}`));
    const [, ny, nz] = header.shape;
    let [sum, squares, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const value of data) {
      sum += value;
      squares += value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    expect(header.shape).toEqual(expected.shape);
    expect({ sum, squares, min, max }).toEqual({
      sum: expected.sum,
      squares: expected.sumOfSquares,
      min: expected.min,
      max: expected.max,
    });
    for (const { at, value } of expected.voxels) {
      expect(data[(at[0] * ny + at[1]) * nz + at[2]]).toBe(value);
    }
    for (const [i, row] of expected.affine.entries()) {
      for (const [j, value] of row.entries()) expect(header.affine[i]![j]).toBeCloseTo(value, 3);
    }
  });

  it.each(["example4d.nii.gz", "example_nifti2.nii.gz"])(
    "%s has several volumes and is refused",
    async (name) => {
      const file = reference(`reference/nifti/${name}`);
      expect(await problemsOf(() => readNifti(file))).toMatchObject([
        { file, message: expect.stringMatching(/more than one volume/) },
      ]);
    },
  );
});
