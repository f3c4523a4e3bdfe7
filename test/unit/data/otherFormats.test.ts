import { existsSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { encodeNifti } from "../../../src/data/nifti/niftiWrite";
import { readTable } from "../../../src/data/tables/table";
import { readTorchFile } from "../../../src/maps/weights/torch/torchFile";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";

const folder = temporaryFolder();
let number = 0;
async function written(content: Uint8Array | string, name = "image.nii.gz"): Promise<string> {
  const file = join(folder, String(number++), name);
  await mkdir(join(file, ".."));
  await writeFile(file, content);
  return file;
}

const lfs =
  "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
const annex = "/annex/objects/MD5E-s12345--d41d8cd98f00b204e9800998ecf8427e.nii.gz\n";
const text = (bytes: string) => Buffer.from(bytes, "latin1");
const mgh = Buffer.alloc(300);
for (const [i, value] of [1, 20, 20, 20, 1, 3].entries()) mgh.writeInt32BE(value, 4 * i);
const analyze = Buffer.alloc(348);
analyze.writeInt32LE(348, 0);
analyze.writeInt16LE(4, 40);
const dicom = Buffer.alloc(500);
dicom.write("DICM", 128, "latin1");

describe("10-annex-or-lfs-pointer: a file that is not what its name says", () => {
  it.each<[string, Uint8Array | string, string, RegExp]>([
    ["a pointer of Git LFS", lfs, "file.lfs-pointer", /git lfs pull/],
    ["a pointer of git-annex", annex, "file.annex-pointer", /datalad get .*image\.nii\.gz/],
    ["an empty file", "", "file.empty", /again/],
    ["a web page", "<!DOCTYPE html><html><body>Please log in</body></html>", "nifti.web-page", /logged in/],
    [
      "the answer of a store",
      '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
      "nifti.web-page",
      /Download/,
    ],
    ["bzip2", text("BZh91AY&SY"), "nifti.other-compression", /bzcat/],
    ["xz", text("\xfd7zXZ\0"), "nifti.other-compression", /xzcat/],
    ["zip", text("PK\x03\x04"), "nifti.other-compression", /unzip/],
    ["zstd", text("\x28\xb5\x2f\xfd"), "nifti.other-compression", /zstdcat/],
    ["MGZ", gzipSync(mgh), "nifti.other-format", /mri_convert/],
    ["MGH", mgh, "nifti.other-format", /mri_convert/],
    ["DICOM", dicom, "nifti.other-format", /dcm2niix/],
    ["NRRD", text("NRRD0004\n"), "nifti.other-format", /nii\.gz/],
    ["MINC", text("\x89HDF\r\n"), "nifti.other-format", /mnc2nii/],
    ["Analyze", analyze, "nifti.analyze", /orientation/],
    ["gzip twice", gzipSync(gzipSync(analyze)), "nifti.gzip-twice", /gunzip/],
  ])("%s", async (_name, content, code, remedy) => {
    const file = await written(content);
    for (const read of [readNifti, readNiftiHeader]) {
      const problems = await problemsOf(() => read(file));
      expect(problems).toMatchObject([{ code, file, remedy: expect.stringMatching(remedy) }]);
    }
  });

  it("the image of a pair", async () => {
    const file = await written(Buffer.alloc(4000, 9), "brain.img");
    expect(await problemsOf(() => readNifti(file))).toMatchObject([{ code: "nifti.pair-image" }]);
  });

  it("links to nowhere, into an annex, and in a circle; folders; files that may not be read", async () => {
    const link = async (target: string, name: string) => {
      await symlink(target, join(folder, name));
      return join(folder, name);
    };
    const codes = async (file: string) => (await problemsOf(() => readNifti(file))).map(({ code }) => code);
    expect(await codes(await link("gone/away.nii.gz", "dead.nii.gz"))).toEqual(["file.dead-link"]);
    expect(
      await codes(await link("../.git/annex/objects/x1/y2/MD5E-s1--0.nii.gz", "annexed.nii.gz")),
    ).toEqual(["file.annex-pointer"]);
    expect(await codes(await link("circle.nii.gz", "circle.nii.gz"))).toEqual(["file.link-circle"]);
    await mkdir(join(folder, "dicom.nii.gz"));
    expect(await codes(join(folder, "dicom.nii.gz"))).toEqual(["file.is-folder"]);
    expect(await codes(join(folder, "never.nii.gz"))).toEqual(["file.missing"]);
    const locked = await written("x");
    await chmod(locked, 0);
    if (process.getuid?.() !== 0) expect(await codes(locked)).toEqual(["file.may-not-read"]);
    expect(existsSync(locked)).toBe(true);
  });

  it("tables and weights that are pointers", async () => {
    expect(await problemsOf(async () => readTable(await written(lfs, "labels.tsv")))).toMatchObject([
      { code: "file.lfs-pointer" },
    ]);
    expect(await problemsOf(async () => readTable(await written(annex, "labels.tsv")))).toMatchObject([
      { code: "file.annex-pointer" },
    ]);
    for (const [content, code] of [
      [lfs, "file.lfs-pointer"],
      [annex, "file.annex-pointer"],
      ["", "file.empty"],
    ] as const) {
      expect(
        await problemsOf(async () => readTorchFile(await written(content, "model.pth.tar"))),
      ).toMatchObject([{ code }]);
    }
  });
});

describe("a file whose name says something else about its compression", () => {
  it("is read by its content", async () => {
    const image = encodeNifti({ shape: [2, 2, 2], data: Float32Array.from({ length: 8 }, (_, i) => i) });
    for (const [content, name] of [
      [image, "plain.nii.gz"],
      [gzipSync(image), "packed.nii"],
    ] as const) {
      expect([...(await readNifti(await written(content, name))).data]).toHaveLength(8);
    }
  });
});
