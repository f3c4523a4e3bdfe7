import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clearDiskCache, readThroughDisk } from "../../../src/data/nifti/diskCache";
import { readImageInSpace } from "../../../src/data/nifti/imageInSpace";
import type { SpaceRule } from "../../../src/space/spaceRule";
import { temporaryFolder } from "../../support/folder";
import { writeImage } from "../../support/study";

const RULE: SpaceRule = { orientation: "canonical", voxel_size: 0.7, size: [8, 7, 6] };
const allocate = (count: number) => new Float32Array(count);

async function cacheOf(bytes = 1e6) {
  const folder = temporaryFolder();
  const file = await writeImage(join(folder, "image.nii.gz"));
  const disk = { folder: join(folder, "cache"), bytes };
  const read = (rule = RULE) => readThroughDisk(disk, file, rule, allocate);
  const entries = () => (existsSync(disk.folder) ? readdirSync(disk.folder) : []);
  return { file, disk, read, entries };
}

describe("images kept on the disk", () => {
  it("are those that are read, to the bit, and are read from there", async () => {
    const { file, disk, read, entries } = await cacheOf();
    const expected = await readImageInSpace(file, RULE);
    expect(await read()).toEqual(expected);
    const [entry] = entries();
    expect(entries()).toHaveLength(1);
    const written = statSync(join(disk.folder, entry!)).mtimeMs;
    expect(await read()).toEqual(expected);
    expect(statSync(join(disk.folder, entry!)).mtimeMs).toBe(written);
  });

  it("have an entry for each content and each rule", async () => {
    const { file, read, entries } = await cacheOf();
    await read();
    await read({ ...RULE, interpolation: "cubic" });
    expect(entries()).toHaveLength(2);
    await writeImage(file, (i) => 2 * i + 1);
    const { values } = await read();
    expect(values).toEqual((await readImageInSpace(file, RULE)).values);
    expect(entries()).toHaveLength(3);
  });

  it("are made anew where they are damaged", async () => {
    const { file, disk, read, entries } = await cacheOf();
    const expected = await read();
    const entry = join(disk.folder, entries()[0]!);
    const sound = readFileSync(entry);
    const spoilt = Buffer.from(sound);
    spoilt[sound.length - 1]! ^= 1;
    for (const content of [spoilt, sound.subarray(0, 50), Buffer.alloc(0), Buffer.concat([sound, sound])]) {
      writeFileSync(entry, content);
      expect(await read()).toEqual(expected);
      expect(readFileSync(entry)).toEqual(sound);
    }
    expect((await readImageInSpace(file, RULE)).values).toEqual(expected.values);
  });

  it("never take more than their bound: those of other settings go first, those of these stay", async () => {
    const { file, disk, read, entries } = await cacheOf(3500);
    await read({ ...RULE, interpolation: "cubic" });
    const [old] = entries();
    utimesSync(join(disk.folder, old!), 1, 1);
    await read();
    expect(entries()).toHaveLength(2);
    await writeImage(file, (i) => i + 1);
    await read();
    expect(entries()).not.toContain(old);
    expect(entries()).toHaveLength(2);
    const kept = entries();
    await writeImage(file, (i) => i + 2);
    await read();
    expect(entries()).toEqual(kept);
  });

  it("are removed, and nothing else in the folder or beyond it", async () => {
    const { disk, read, entries } = await cacheOf();
    await read();
    const name = entries()[0]!;
    const beyond = join(disk.folder, "..", "beyond");
    mkdirSync(beyond);
    writeFileSync(join(beyond, name), "mine");
    writeFileSync(join(disk.folder, "notes.voxels"), "mine");
    mkdirSync(join(disk.folder, name.replace(/^./, "f")), { recursive: true });
    symlinkSync(join(beyond, name), join(disk.folder, name.replace(/^../, "00")));
    expect(await clearDiskCache(disk.folder)).toMatchObject({ images: 1 });
    expect(entries()).toHaveLength(3);
    expect(readFileSync(join(beyond, name), "utf8")).toBe("mine");
    expect(await clearDiskCache(join(disk.folder, "none"))).toEqual({ images: 0, bytes: 0 });
  });
});
