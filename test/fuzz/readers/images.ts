/** Images: NIfTI, compressed or not, masks, the JSON beside them, and prepared tensors. */
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { readColumns } from "../../../src/audit/gather/columns";
import { readThroughDisk } from "../../../src/data/nifti/diskCache";
import { readImageInSpace } from "../../../src/data/nifti/imageInSpace";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { fileSource, readNiftiSeries, readStoredVolume } from "../../../src/data/nifti/niftiSeries";
import { encodeNifti } from "../../../src/data/nifti/niftiWrite";
import { readRegions } from "../../../src/data/parts/regions";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { identityAffine } from "../../../src/space/affine";
import type { Reader } from "../reader";
import { gzipSeed, jsonSeed } from "../seeds";

const SHAPE: [number, number, number] = [5, 4, 3];
const plain = encodeNifti({
  shape: SHAPE,
  data: Float32Array.from({ length: 60 }, (_, i) => (i % 7 === 0 ? 1 : 0)),
});

/** The same with whole numbers of 16 bits, a slope, or as NIfTI says it has several volumes. */
function changed(change: (header: DataView) => void): Buffer {
  const copy = Buffer.from(plain);
  change(new DataView(copy.buffer, copy.byteOffset, copy.length));
  return copy;
}
const int16 = changed((header) => {
  header.setInt16(70, 4, true);
  header.setInt16(72, 16, true);
  header.setFloat32(112, 0.5, true);
});

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest();
/** That image as a training keeps it. */
const keptHeader = Buffer.from(
  JSON.stringify({
    grid: { shape: SHAPE, affine: identityAffine },
    voxelSize: [1, 1, 1],
    behind: 0,
    scale: { slope: 1, intercept: 0 },
  }),
);
const keptContent = Buffer.concat([Buffer.alloc(4), keptHeader, Buffer.alloc(240, 1)]);
keptContent.writeUInt32LE(keptHeader.length);
const keptEntry = Buffer.concat([sha256(keptContent), keptContent]);
const STORED = { orientation: "stored" } as const;
const KEPT_SETTINGS = sha256(JSON.stringify(Object.entries(STORED)))
  .toString("hex")
  .slice(0, 16);

/** Ten million zeros, of which gzip makes ten thousand bytes. */
const ZEROS = gzipSync(Buffer.alloc(10_000_000), { level: 9 });

/** A header that tells of many voxels, before ten million zeros as often as is wanted. */
const vast = (sizes: readonly number[], type: number, bits: number, times: number) =>
  Buffer.concat([
    gzipSync(
      changed((header) => {
        header.setInt16(40, sizes.length, true);
        for (const [axis, size] of sizes.entries()) header.setInt16(42 + 2 * axis, size, true);
        header.setInt16(70, type, true);
        header.setInt16(72, bits, true);
      }).subarray(0, 352),
    ),
    ...Array.from({ length: times }, () => ZEROS),
  ]);

const bombs = {
  "a billion voxels of zeros": vast([1000, 1000, 1000], 2, 8, 101),
  "more voxels than any memory": vast([32767, 32767, 32767], 64, 64, 1),
  "one small volume before gigabytes": vast([10, 10, 10], 2, 8, 101),
  "thousands of members of gzip": Buffer.concat([
    gzipSync(plain.subarray(0, 400)),
    ...Array.from({ length: 20_000 }, () => gzipSync(Buffer.alloc(0))),
  ]),
};

const IN_MASKS = "masks/tpl-MNI152NLin2009cSym/tpl_res-1x1x1_desc-Crop_roi-fuzz_mask.nii.gz";

export const imageReaders: Readonly<Record<string, Reader>> = {
  nifti: {
    sources: ["src/data/nifti/nifti.ts", "src/data/nifti/niftiHeader.ts"],
    file: "image.nii.gz",
    seeds: [gzipSeed(plain), gzipSeed(int16), { bytes: plain }, { bytes: int16 }],
    bombs,
    read: async (file) => {
      await readNiftiHeader(file);
      await readNifti(file);
      await readImageInSpace(file, { orientation: "canonical" });
    },
  },
  "nifti viewer": {
    sources: ["src/data/nifti/niftiSeries.ts", "src/extension/panels/nifti/niftiFile.ts"],
    file: "series.nii.gz",
    seeds: [gzipSeed(plain), { bytes: int16 }],
    bombs,
    read: async (file) => {
      const series = await readNiftiSeries(fileSource(file));
      await readStoredVolume(fileSource(file), series, 0);
    },
  },
  "kept image": {
    sources: ["src/data/nifti/diskCache.ts"],
    file: "entry.voxels",
    seeds: [{ bytes: keptEntry }],
    read: async (file, folder) => {
      const image = join(folder, "image.nii");
      writeFileSync(image, plain);
      const name = `${KEPT_SETTINGS}-${sha256(plain).toString("hex")}.voxels`;
      renameSync(file, join(folder, name));
      const disk = { folder, bytes: 1e6 };
      await readThroughDisk(disk, image, STORED, (count) => new Float32Array(count));
    },
  },
  mask: {
    sources: [],
    file: "mask.nii.gz",
    seeds: [gzipSeed(plain)],
    prepare: (folder) => mkdirSync(dirname(join(folder, IN_MASKS)), { recursive: true }),
    read: async (file, folder) => {
      renameSync(file, join(folder, IN_MASKS));
      const preprocessing = preprocessingSchema.parse({ mode: "roi", roi_list: ["fuzz"] });
      const grid = { shape: SHAPE, affine: identityAffine };
      await readRegions(preprocessing, grid, { place: folder }, { orientation: "stored" });
    },
  },
  sidecar: {
    sources: ["src/audit/gather/columns.ts"],
    file: "image.json",
    seeds: [jsonSeed({ Manufacturer: "GE", MagneticFieldStrength: 3, EchoTime: [0.01, 0.02] })],
    read: async (_, folder) => {
      const columnsOf = await readColumns([]);
      await columnsOf({
        participantId: "sub-1",
        sessionId: "ses-1",
        cohort: "single",
        file: join(folder, "image.nii"),
      });
    },
  },
};
