import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { niftiDetails } from "../../../src/data/nifti/niftiDetails";
import { volumeCount } from "../../../src/data/nifti/niftiHeader";
import {
  fileSource,
  memorySource,
  readColours,
  readNiftiSeries,
  readStoredVolume,
} from "../../../src/data/nifti/niftiSeries";
import colours from "../../fixtures/data/niftiColours.json";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";

const { cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/data/niftiSeries.json"), "utf8"),
) as { cases: Record<string, { file: string; shape: number[]; volumes: number[][] }> };
const bytesOf = (name: string) => Buffer.from(cases[name]!.file, "base64");
const folder = temporaryFolder();
const bigEndian = "int16 big-endian nifti-1, three volumes";

describe("readColours", () => {
  it.each(Object.entries(colours))("reads what nibabel does: %s", async (name, { file, colours }) => {
    const source = memorySource(name, Buffer.from(file, "base64"));
    const series = await readNiftiSeries(source);
    expect(series.channels).toBe(name === "RGB24" ? 3 : 4);
    expect([...(await readColours(source, series, 0))]).toEqual(colours);
    const [red = 0, green = 0, blue = 0] = colours;
    const [first] = await readStoredVolume(source, series, 0);
    expect(first).toBe(Math.round(0.299 * red + 0.587 * green + 0.114 * blue));
  });
});

describe("readStoredVolume", () => {
  it.each(Object.keys(cases))("reads every volume as nibabel does: %s", async (name) => {
    const { shape, volumes } = cases[name]!;
    for (const source of [memorySource(name, bytesOf(name)), memorySource(name, gzipSync(bytesOf(name)))]) {
      const series = await readNiftiSeries(source);
      expect(series.sizes).toEqual(shape);
      expect(volumeCount(series.sizes)).toBe(volumes.length);
      for (const [index, values] of volumes.entries())
        expect([...(await readStoredVolume(source, series, index))]).toEqual(values);
    }
  });

  it("reads from a file, plain or compressed", async () => {
    const plain = join(folder, "plain.nii");
    const compressed = join(folder, "compressed.nii.gz");
    await writeFile(plain, bytesOf(bigEndian));
    await writeFile(compressed, gzipSync(bytesOf(bigEndian)));
    for (const source of [fileSource(plain), fileSource(compressed)]) {
      const series = await readNiftiSeries(source);
      expect([...(await readStoredVolume(source, series, 1))]).toEqual(cases[bigEndian]!.volumes[1]);
    }
  });

  it("says how much is missing of a truncated volume, and still reads those before it", async () => {
    const source = memorySource("cut.nii", bytesOf(bigEndian).subarray(0, -10));
    const series = await readNiftiSeries(source);
    expect([...(await readStoredVolume(source, series, 1))]).toEqual(cases[bigEndian]!.volumes[1]);
    const [problem] = await problemsOf(() => readStoredVolume(source, series, 2));
    expect(problem?.message).toMatch(/4x3x2 int16 need 48 bytes, the file has 38/);
  });

  it("says that gzip data is truncated or corrupt", async () => {
    const whole = gzipSync(bytesOf(bigEndian));
    const damaged = Buffer.from(whole);
    damaged.fill(0x55, whole.length - 60, whole.length - 20);
    for (const bytes of [whole.subarray(0, -30), damaged]) {
      const source = memorySource("cut.nii.gz", bytes);
      const [problem] = await problemsOf(async () =>
        readStoredVolume(source, await readNiftiSeries(memorySource("sound", whole)), 2),
      );
      expect(problem?.message).toMatch(/gzip data is (truncated|corrupt)/);
    }
  });

  it("says that a file is gone", async () => {
    const [problem] = await problemsOf(() => readNiftiSeries(fileSource(join(folder, "none.nii"))));
    expect(problem?.message).toBe("The file does not exist.");
  });

  it("says that a volume is too large for any memory", async () => {
    const bytes = bytesOf(bigEndian);
    for (const axis of [1, 2, 3]) bytes.writeInt16BE(32767, 40 + 2 * axis);
    for (const content of [bytes, gzipSync(bytes)]) {
      const source = memorySource("large.nii", content);
      const series = await readNiftiSeries(source);
      const [problem] = await problemsOf(() => readStoredVolume(source, series, 0));
      expect(problem?.message).toMatch(/32767x32767x32767 voxels of int16, more than there is memory for/);
    }
  });

  it("refuses axes without voxels", async () => {
    const bytes = bytesOf(bigEndian);
    bytes.writeInt16BE(0, 44);
    const [problem] = await problemsOf(() => readNiftiSeries(memorySource("empty.nii", bytes)));
    expect(problem?.message).toMatch(/no voxels \(4x0x2x3\)/);
  });
});

describe("niftiDetails", () => {
  const detailsOf = async (name: string) =>
    niftiDetails((await readNiftiSeries(memorySource(name, bytesOf(name)))).header);

  it("reads description, intent, units and the space of the affine", async () => {
    expect(await detailsOf(bigEndian)).toEqual({
      description: "made by nibabel",
      intent: "time series",
      spaceUnit: "mm",
      timeUnit: "s",
      timeStep: 2.5,
      form: "sform",
      space: "MNI152",
    });
  });

  it("reads the same of NIfTI-2", async () => {
    expect(await detailsOf("float32 little-endian nifti-2, two volumes")).toMatchObject({
      description: "béta",
      timeUnit: "ms",
      timeStep: 700,
      form: "qform",
      space: "scanner",
    });
  });

  it("says when a header says nothing", async () => {
    expect(await detailsOf("uint8 nifti-1, flat")).toMatchObject({
      description: "",
      spaceUnit: null,
      timeUnit: null,
    });
  });
});

describeWithReference("readStoredVolume on real images", ["reference/nifti/example4d.nii.gz"], () => {
  it("reads the second volume of a 4D image", async () => {
    const file = reference("reference/nifti/example4d.nii.gz");
    const series = await readNiftiSeries(fileSource(file));
    expect(series.sizes).toEqual([128, 96, 24, 2]);
    const voxels = await readStoredVolume(fileSource(file), series, 1);
    const content = gunzipSync(readFileSync(file));
    const start = series.header.voxelOffset + 2 * voxels.length;
    expect(Buffer.from(voxels.buffer).equals(content.subarray(start, start + 2 * voxels.length))).toBe(true);
  });
});
