import { describe, expect, it } from "vitest";
import { sourceCopies } from "../../../src/audit/checks/sourceCopies";
import type { Scan, ScanSet } from "../../../src/audit/study";
import { MANY_LEVELS, voxelFacts } from "../../../src/data/nifti/voxelFacts";
import { RandomGenerator } from "../../../src/network/weights/random";
import { scanOf, studyOf } from "../../support/studyOf";

const random = new RandomGenerator(3);
const brain = () => Float32Array.from({ length: 125 }, () => random.normal());
const factsOf = (values: Float32Array) => ({ ...voxelFacts(values, [5, 5, 5]), levels: MANY_LEVELS });
const [first, second] = [brain(), brain()];

const validating = (name: string, values: Float32Array, split = 0) =>
  scanOf(name, { sets: [{ kind: "validation", split }], voxels: factsOf(values) });

/** Of the source, which keeps by which voxels it knows the image, or does not. */
const taught = (name: string, values: Float32Array | null, split = 0): Scan => {
  const set: ScanSet = { kind: "transfer", split, maps: "source" };
  const keptHash = values === null ? null : factsOf(values).hash;
  return scanOf(name, { place: "", file: "", sets: [set], keptHash });
};

const found = (...scans: readonly Scan[]) =>
  sourceCopies
    .find(studyOf(scans, { transfer_path: "/source" }))
    .map(({ code, severity, said: { values } }) => ({ code, severity, values }));

describe("what the source of a transfer has learned from", () => {
  it("must not validate under other names, as it is or turned", () => {
    const copies = found(
      validating("sub-a", first),
      validating("sub-b", second.toReversed()),
      validating("sub-c", brain()),
      taught("sub-1", first),
      taught("sub-2", second),
    );
    const common = { code: "audit.transfer-copies", severity: "error" };
    const values = { count: 1, split: 0, source: "/source" };
    expect(copies).toMatchObject([
      { ...common, values: { ...values, names: ["sub-a ses-M000 = sub-1 ses-M000"] } },
      { ...common, values: { ...values, names: ["sub-b ses-M000 = sub-2 ses-M000"] } },
    ]);
  });

  it("may train, may validate in another split, and is told of as a person under its own name", () => {
    const training = scanOf("sub-a", { voxels: factsOf(first) });
    expect(found(training, validating("sub-b", second), taught("sub-1", first))).toEqual([]);
    expect(found(validating("sub-a", first, 1), taught("sub-1", first, 0))).toEqual([]);
    expect(found(validating("sub-1", first), taught("sub-1", first))).toEqual([]);
  });

  it("is compared by its images, as all others are, where these were read", () => {
    const read = { ...taught("sub-1", first), file: "source/sub-1.nii.gz", voxels: factsOf(first) };
    expect(found(validating("sub-a", first), read)).toEqual([]);
  });

  it("is said once not to have been compared where the source does not keep by which voxels it is known", () => {
    expect(found(validating("sub-a", first), taught("sub-1", null), taught("sub-2", second))).toEqual([
      {
        code: "audit.transfer-not-compared",
        severity: "notice",
        values: { source: "/source", count: 1, of: 2 },
      },
    ]);
  });
});
