import { describe, expect, it } from "vitest";
import { type AskedImage, copiesOfTraining } from "../../../src/audit/copiesOfTraining";
import { MANY_LEVELS, voxelFacts } from "../../../src/data/nifti/voxelFacts";
import { RandomGenerator } from "../../../src/network/weights/random";

const random = new RandomGenerator(3);
const scan = () => Float32Array.from({ length: 125 }, () => random.normal());
const [first, second] = [scan(), scan()];
const factsOf = (values: Float32Array, levels = MANY_LEVELS) => ({
  ...voxelFacts(values, [5, 5, 5]),
  levels,
});
const image = (participantId: string, values: Float32Array, levels?: number): AskedImage => ({
  participantId,
  sessionId: "ses-M000",
  facts: factsOf(values, levels),
});
const known = (participantId: string, values: Float32Array) => ({
  participantId,
  sessionId: "ses-M000",
  hash: factsOf(values).hash,
});
const found = (images: readonly AskedImage[], taught: Parameters<typeof copiesOfTraining>[1]) =>
  copiesOfTraining(images, taught, { maps: "maps", group: "test" });

describe("copiesOfTraining", () => {
  it("finds an image that the networks learned from under another name, also one that was turned", () => {
    const copies = found(
      [image("sub-a", first), image("sub-b", second.toReversed()), image("sub-c", scan())],
      [known("sub-1", first), known("sub-2", second)],
    );
    expect(copies.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      "error group.copies",
      "error group.copies",
    ]);
    expect(copies[0]?.message).toMatch(
      /on 1 image of 1 person .*voxel by voxel: sub-a ses-M000 = sub-1 ses-M000\.$/,
    );
    expect(copies[1]?.message).toMatch(/turned.*: sub-b ses-M000 = sub-2 ses-M000\.$/);
  });

  it("counts images and people, and names a few", () => {
    const scans = Array.from({ length: 9 }, scan);
    const [copies] = found(
      scans.map((values, i) => image(`sub-${i >> 1}`, values)),
      scans.map((values, i) => known(`sub-old${i}`, values)),
    );
    expect(copies?.said.values).toMatchObject({ count: 9, people: 5, group: "test" });
    expect(copies?.said.values.names).toHaveLength(6);
  });

  it("leaves a person who kept the name to the check of names, and a mask that several share to nobody", () => {
    expect(found([image("sub-1", first)], [known("sub-1", first)])).toEqual([]);
    const mask = [image("sub-a", first, 2), image("sub-b", first, 2)];
    expect(found(mask, [known("sub-1", first)])).toEqual([]);
    expect(found([image("sub-a", first, 2)], [known("sub-1", first), known("sub-2", first)])).toEqual([]);
    expect(found([image("sub-a", first, 2)], [known("sub-1", first)])).toMatchObject([{ severity: "error" }]);
  });

  it("says once that it cannot compare with a MAPS that does not say what it learned from", () => {
    expect(found([image("sub-a", first)], null)).toMatchObject([
      { severity: "notice", code: "group.scans-not-compared" },
    ]);
    expect(found([image("sub-a", first)], [])).toEqual([]);
  });
});
