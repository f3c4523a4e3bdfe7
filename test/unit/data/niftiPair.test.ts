/** Images in two files, `.hdr` and `.img`, against what nibabel reads of them; and those of Analyze, which are refused. */
import { readFileSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readThroughDisk } from "../../../src/data/nifti/diskCache";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { pairOf } from "../../../src/data/nifti/niftiPair";
import { fileSource, readNiftiSeries, readStoredVolume } from "../../../src/data/nifti/niftiSeries";
import { encodeNifti, writeNifti } from "../../../src/data/nifti/niftiWrite";
import { openSource } from "../../../src/data/sources/imageSources";
import { lookForImages } from "../../../src/data/sources/looking/lookForImages";
import { type Images, imagesSchema } from "../../../src/experiment/schema/images";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";

interface Pair {
  readonly files: Readonly<Record<string, string>>;
  readonly affine: readonly (readonly number[])[];
  readonly values: readonly number[];
}

const { cases }: { cases: Readonly<Record<string, Pair>> } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../fixtures/data/niftiPairs.json"), "utf8"),
);
const INT16 = "NIfTI-1, int16";

let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});

/** The two files of a pair, under another name; their paths, that of the header first. */
async function give(name: string, stem = "brain", change = (bytes: Buffer) => bytes): Promise<string[]> {
  const files: string[] = [];
  for (const [file, content] of Object.entries(cases[name]?.files ?? {})) {
    const path = join(folder, file.replace("brain", stem));
    await mkdir(join(path, ".."), { recursive: true });
    const bytes = Buffer.from(content, "base64");
    await writeFile(path, file.startsWith("brain.hdr") ? change(bytes) : bytes);
    files.push(path);
  }
  return files;
}

/** A header of Analyze 7.5 is one of NIfTI-1 without its magic. */
const ofAnalyze = (header: Buffer) => {
  const bytes = Buffer.from(header);
  bytes.fill(0, 344, 348);
  return bytes;
};

describe("an image in two files", () => {
  it.each(Object.keys(cases))("is read as nibabel reads it, by either name: %s", async (name) => {
    const { affine, values } = cases[name]!;
    for (const file of await give(name)) {
      const { header, data } = await readNifti(file);
      expect(header.affine).toEqual(affine);
      expect([...data]).toEqual(values);
      expect(await readNiftiHeader(file)).toMatchObject({ shape: [5, 4, 3], affine });
    }
  });

  it.each(Object.keys(cases))("is shown by viewers: %s", async (name) => {
    const [, file = ""] = await give(name);
    const series = await readNiftiSeries(fileSource(file));
    const stored = await readStoredVolume(fileSource(file), series, 0);
    const { slope, intercept, shape } = series.header;
    const [nx, ny, nz] = shape;
    const inOrder = Array.from({ length: stored.length }, (_, at) => {
      const [x, y, z] = [Math.floor(at / (ny * nz)), Math.floor(at / nz) % ny, at % nz];
      return stored[x + nx * (y + ny * z)]! * slope + intercept;
    });
    expect(inOrder).toEqual(cases[name]!.values);
  });

  it("leaves a header with which a whole file can be written", async () => {
    const [, pair = ""] = await give("NIfTI-2, uint8");
    const { header, data } = await readNifti(pair);
    const whole = join(folder, "whole.nii.gz");
    await writeNifti(whole, { shape: header.shape, data, header });
    const read = await readNifti(whole);
    expect([...read.data]).toEqual([...data]);
    expect(read.header.affine).toEqual(header.affine);
  });

  it("is named in capitals as a whole or not at all", () => {
    expect(pairOf("A.IMG")).toEqual({ header: "A.HDR", voxels: "A.IMG" });
    expect(pairOf("a.hdr.gz")).toEqual({ header: "a.hdr.gz", voxels: "a.img.gz" });
    expect(pairOf("a.nii.gz")).toBeNull();
  });

  it("is kept on the disk by both its files: another header is another image", async () => {
    const [header = "", file = ""] = await give(INT16);
    const disk = { folder: join(folder, "kept"), bytes: 10 ** 6 };
    const rule = { orientation: "canonical" } as const;
    const read = () => readThroughDisk(disk, file, rule, (voxels) => new Float32Array(voxels));
    const first = await read();
    const bytes = readFileSync(header);
    bytes.writeFloatLE(9, 280 + 4 * 3);
    await writeFile(header, bytes);
    expect((await read()).grid.affine).not.toEqual(first.grid.affine);
  });

  it("tells which of its files is not there or is another", async () => {
    const [header = "", file = ""] = await give(INT16);
    await rm(file);
    expect(await problemsOf(() => readNifti(header))).toMatchObject([{ code: "file.missing", file }]);
    await writeFile(file, Buffer.alloc(4));
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.truncated", file }]);
    await rm(header);
    await writeFile(file, Buffer.alloc(400, 7));
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.pair-image", file }]);
    const named = join(folder, "named.nii");
    await give(INT16);
    await writeFile(named, readFileSync(header));
    expect(await problemsOf(() => readNifti(named))).toMatchObject([{ code: "nifti.pair" }]);
    const whole = encodeNifti({ shape: [2, 2, 2], data: new Float32Array(8) });
    await writeFile(header, whole);
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.named-as-pair" }]);
  });

  it("of Analyze 7.5 is refused: nothing in it says where left is", async () => {
    for (const file of await give(INT16, "old", ofAnalyze)) {
      for (const read of [readNifti, readNiftiHeader])
        expect(await problemsOf(() => read(file))).toMatchObject([
          { code: "nifti.analyze", file, remedy: expect.stringMatching(/--in_orientation/) },
        ]);
    }
  });
});

const ids = ["001", "002", "003"];

/** Who has which file, the path from the folder. */
async function found(images: object) {
  const asked: Images = imagesSchema.parse(images);
  const source = openSource({ place: "", images: asked });
  const preprocessing = preprocessingSchema.parse({ mode: "image" });
  const sessions = await source.sessions();
  const files = await Promise.all(sessions.map((session) => source.find(session, preprocessing)));
  return files.map((some) => some.map((file) => file.slice(folder.length + 1).replaceAll("\\", "/")));
}

describe("a folder of images in two files", () => {
  it("is found by a pattern with either ending, and by a table of either names: one image each", async () => {
    for (const id of ids) await give(INT16, `scans/P${id}`);
    const images = ids.map((id) => [`scans/P${id}.img`]);
    for (const ending of ["img", "hdr", "*"])
      expect(await found({ folder: join(folder, "scans"), pattern: `{participant}.${ending}` })).toEqual(
        images,
      );
    const rows = ids.map((id, i) => `P${id},scans/P${id}.${i % 2 ? "img" : "hdr"}`);
    const table = join(folder, "scans.csv");
    await writeFile(table, `participant_id,path\n${rows.join("\n")}\n`);
    expect(await found({ table })).toEqual(images);
    const { offers, unread } = await lookForImages([folder]);
    expect(unread).toEqual([]);
    expect(offers.map(({ name, sessions }) => [name, sessions.length])).toEqual([
      ["{participant}.img", 3],
      ["path", 3],
    ]);
  });

  it("of Analyze is told of and not offered, and so are images of other formats", async () => {
    for (const id of ids) {
      await give(INT16, `scans/P${id}`, ofAnalyze);
      await mkdir(join(folder, "others"), { recursive: true });
      await writeFile(join(folder, "others", `${id}.nrrd`), "NRRD0004\n");
    }
    const { offers, unread } = await lookForImages([folder]);
    expect(offers).toEqual([]);
    expect(unread).toMatchObject([
      { place: join(folder, "scans"), count: 3, why: { code: "nifti.analyze" } },
      { place: join(folder, "others"), count: 3, why: { code: "nifti.other-format" } },
    ]);
  });
});
