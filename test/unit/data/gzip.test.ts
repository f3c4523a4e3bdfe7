import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { encodeNifti } from "../../../src/data/nifti/niftiWrite";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";

const folder = temporaryFolder();
const voxels = Float32Array.from({ length: 60 }, (_, i) => i);
const image = encodeNifti({ shape: [5, 4, 3], data: voxels });
const noise = Float32Array.from({ length: 60_000 }, (_, i) => ((i * 7919) % 10_007) / 3);
const large = encodeNifti({ shape: [50, 40, 30], data: noise });
const packed = gzipSync(image);
const flagged = (flags: number, fields: Buffer) => {
  const header = Buffer.from(packed.subarray(0, 10));
  header[3] = flags;
  return Buffer.concat([header, fields, packed.subarray(10)]);
};

async function written(name: string, ...parts: readonly Uint8Array[]): Promise<string> {
  const file = join(folder, `${name}.nii.gz`);
  await writeFile(file, Buffer.concat(parts));
  return file;
}

describe("09-gz-trailing-garbage: a gzip with bytes after its end", () => {
  it.each<[string, Buffer, number]>([
    ["a few letters", Buffer.from("garbage"), 7],
    ["one byte", Buffer.from("x"), 1],
    ["the end of a longer file", Buffer.alloc(5000, 3), 5000],
    ["what looks like the magic of gzip cut short", Buffer.from([0x1e, 0x8b, 9]), 3],
    ["zeros, with which archives pad", Buffer.alloc(512), 0],
    ["text after zeros, at which Node stops", Buffer.concat([Buffer.alloc(512), Buffer.from("tail")]), 516],
    ["nothing", Buffer.alloc(0), 0],
  ])("is read: %s", async (name, garbage, behind) => {
    const file = await written(name, packed, garbage);
    expect((await readNiftiHeader(file)).shape).toEqual([5, 4, 3]);
    const read = await readNifti(file);
    expect([...read.data]).toEqual([...voxels]);
    expect(read.behind).toBe(behind);
  });

  it("is read where the image is larger than what is looked at first", async () => {
    const { data, behind } = await readNifti(await written("large", gzipSync(large), Buffer.alloc(99, 1)));
    expect([...data.subarray(0, 2000)]).toEqual([...noise.subarray(0, 2000)]);
    expect(behind).toBe(99);
  });
});

describe("gzip files of other kinds", () => {
  it.each<[string, Buffer[]]>([
    ["several members", [gzipSync(image.subarray(0, 400)), gzipSync(image.subarray(400))]],
    [
      "several members, the first within the header",
      [gzipSync(image.subarray(0, 100)), gzipSync(image.subarray(100))],
    ],
    ["a name and a comment", [flagged(8 + 16, Buffer.from("brain.nii\0made by hand\0"))]],
    ["an extra field", [flagged(4, Buffer.from([3, 0, 1, 2, 3]))]],
  ])("are read: %s", async (name, parts) => {
    for (const garbage of ["", "rest"]) {
      const file = await written(`${name} ${garbage}`, ...parts, Buffer.from(garbage));
      expect((await readNiftiHeader(file)).shape).toEqual([5, 4, 3]);
      const { data, behind } = await readNifti(file);
      expect([...data]).toEqual([...voxels]);
      expect(behind).toBe(garbage.length);
    }
  });

  it("are refused where they are cut off, at any place", async () => {
    const whole = gzipSync(large);
    for (const length of [12, 200, 20_000, whole.length - 9, whole.length - 1]) {
      const file = await written(`cut at ${length}`, whole.subarray(0, length));
      const codes = (await problemsOf(() => readNifti(file))).map(({ code }) => code);
      expect(codes).toEqual(["nifti.gzip-cut-off"]);
    }
  });

  it("are refused where a later member is corrupt", async () => {
    const second = Buffer.from(gzipSync(image.subarray(400)));
    second[second.length - 6]! ^= 0xff;
    const file = await written("corrupt member", gzipSync(image.subarray(0, 400)), second);
    expect((await problemsOf(() => readNifti(file))).map(({ code }) => code)).toEqual(["nifti.gzip"]);
  });
});

describe("a gzip that is nearly empty", () => {
  const promising = (name: string, x: number, y: number, z: number) => {
    const header = Buffer.from(image);
    for (const [axis, size] of [x, y, z].entries()) header.writeInt16LE(size, 42 + 2 * axis);
    return written(name, gzipSync(header));
  };

  it("is not unpacked when it would fill the memory", async () => {
    const file = await promising("zeros", 1000, 1000, 1000);
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.too-compressed", file }]);
  });

  it("is read when it has the size of a mask of half a millimetre: this one ends too early", async () => {
    const file = await promising("mask", 364, 436, 364);
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.truncated", file }]);
  });
});
