import { describe, expect, it } from "vitest";
import { sameScan } from "../../../src/audit/checks/sameScan";
import type { ScanSet } from "../../../src/audit/study";
import { MANY_LEVELS } from "../../../src/data/nifti/voxelFacts";
import { scanOf, studyOf } from "../../support/studyOf";

const validation: ScanSet = { kind: "validation", split: 0 };
const voxels = (fingerprint: string, hash = fingerprint, levels = MANY_LEVELS) => ({
  voxels: { fingerprint, hash, levels, likeness: null, intensity: null },
});
const found = (scans: Parameters<typeof studyOf>[0]) =>
  sameScan.find(studyOf(scans)).map(({ code, severity, message }) => `${severity} ${code} ${message}`);

describe("sameScan", () => {
  it("finds one scan under two names, the worse in two sets", () => {
    expect(
      found([
        scanOf("sub-1", voxels("a")),
        scanOf("sub-2", { ...voxels("a"), sets: [validation] }),
        scanOf("sub-3", voxels("b")),
        scanOf("sub-3", { ...voxels("b"), sessionId: "ses-M012" }),
        scanOf("sub-4", voxels("c")),
      ]),
    ).toEqual([
      expect.stringMatching(
        /^error audit.same-scan-in-sets 1 .* voxel by voxel: sub-1 ses-M000 = sub-2 ses-M000\.$/,
      ),
      expect.stringMatching(/^warning audit.same-scan 1 .*: sub-3 ses-M000 = sub-3 ses-M012\.$/),
    ]);
  });

  it("finds a scan that was turned", () => {
    expect(
      found([
        scanOf("sub-1", voxels("a", "1")),
        scanOf("sub-2", { ...voxels("a", "2"), sets: [validation] }),
      ]),
    ).toEqual([expect.stringMatching(/^error .* turned, mirrored or with another margin/)]);
  });

  it("finds a scan of a data group among those that taught the networks, not among other groups", () => {
    const group = (name: string): ScanSet => ({ kind: "group", name });
    expect(
      found([scanOf("sub-1", voxels("a")), scanOf("sub-2", { ...voxels("a"), sets: [group("test")] })]),
    ).toEqual([expect.stringMatching(/^error/)]);
    expect(
      found([
        scanOf("sub-1", { ...voxels("a"), sets: [group("test")] }),
        scanOf("sub-2", { ...voxels("a"), sets: [group("other")] }),
      ]),
    ).toEqual([expect.stringMatching(/^warning/)]);
  });

  it("says nothing of a scan that several groups read under one name, from other folders; two cohorts may share a name", () => {
    const group = (name: string) => ({
      ...voxels("a"),
      sets: [{ kind: "group", name } as const],
      caps: name,
    });
    expect(found([scanOf("sub-1", group("test")), scanOf("sub-1", group("other"))])).toEqual([]);
    const cohorts = ["ADNI", "AIBL"].map((cohort) =>
      scanOf("sub-1", { ...voxels("a"), cohort, place: cohort }),
    );
    expect(found(cohorts)).toEqual([expect.stringMatching(/^warning/)]);
  });

  it("says where the names of one scan have two labels", () => {
    const [one] = sameScan.find(
      studyOf([
        scanOf("sub-1", { ...voxels("a"), label: "AD" }),
        scanOf("sub-2", { ...voxels("a"), label: "CN" }),
        scanOf("sub-3", { ...voxels("b"), label: "AD" }),
        scanOf("sub-4", { ...voxels("b"), label: "AD" }),
      ]),
    );
    expect(one?.message).toMatch(/^2 scans/);
    expect(one?.remedy).toMatch(
      /1 of them has labels that contradict each other \(sub-1 ses-M000 = sub-2 ses-M000: AD, CN\)\.$/,
    );
  });

  it("warns of a drawing that stands for several people: it is the scan of none of them", () => {
    const drawn = (name: string, sets: ScanSet[]) => scanOf(name, { ...voxels("a", "a", 22), sets });
    const train: ScanSet = { kind: "train", split: 0 };
    const two = [drawn("sub-1", [train]), drawn("sub-2", [validation])];
    expect(found(two)).toEqual([expect.stringMatching(/^error/)]);
    expect(found([...two, drawn("sub-3", [train])])).toEqual([expect.stringMatching(/^warning/)]);
    const scans = ["sub-1", "sub-2"].map((name) => scanOf(name, voxels("a")));
    const copied = [...scans, scanOf("sub-3", { ...voxels("a"), sets: [validation] })];
    expect(found(copied)).toEqual([expect.stringMatching(/^error/)]);
  });

  it("says nothing of scans that were not read", () => {
    expect(found([scanOf("sub-1"), scanOf("sub-2")])).toEqual([]);
  });

  it("takes a scan that many have, in seconds and in one line; one that is in both sets by itself is told of as a person", () => {
    const many = Array.from({ length: 30_000 }, (_, i) => scanOf(`sub-${i}`, voxels("a")));
    const [line = "", ...others] = found([
      ...many,
      scanOf("sub-last", { ...voxels("a"), sets: [validation] }),
    ]);
    expect(others).toEqual([]);
    expect(line).toMatch(/^error .*: sub-0 ses-M000 = .* = \.\.\.\.$/);
    expect(line.length).toBeLessThan(400);
    const both: readonly ScanSet[] = [{ kind: "train", split: 0 }, validation];
    // The other name trains in another split only.
    const other = scanOf("sub-2", { ...voxels("a"), sets: [{ kind: "train", split: 1 }] });
    expect(found([scanOf("sub-1", { ...voxels("a"), sets: both }), other])).toEqual([
      expect.stringMatching(/^warning/),
    ]);
  });
});
