import { describe, expect, it } from "vitest";
import { nearCopies } from "../../../src/audit/checks/nearCopies";
import type { Scan, ScanSet } from "../../../src/audit/study";
import { AD_CN, drawPerson } from "../../../src/data/demo/demoPeople";
import { PHANTOM_SHAPE, scanPhantom } from "../../../src/data/demo/phantom";
import { CELLS, likenessOfBlocks } from "../../../src/data/nifti/likeness";
import { voxelFacts } from "../../../src/data/nifti/voxelFacts";
import { RandomGenerator } from "../../../src/network/weights/random";
import { scanOf, studyOf } from "../../support/studyOf";

const validation: ScanSet = { kind: "validation", split: 0 };
const brains = Array.from({ length: 8 }, (_, i) => {
  const random = new RandomGenerator(40 + i);
  return Float32Array.from(
    scanPhantom(drawPerson(`sub-${i}`, AD_CN, i % 2 === 0 ? 0 : 1, random).anatomyAt(0), random).data,
  );
});
const scanned = (name: string, data: Float32Array, given: Partial<Scan> = {}) =>
  scanOf(name, { voxels: voxelFacts(data, PHANTOM_SHAPE), ...given });
const people = brains.map((data, i) => scanned(`sub-${i}`, data));
const found = (scans: readonly Scan[]) => nearCopies.find(studyOf(scans));

const withBlocks = (name: string, blocks: Float32Array) =>
  scanOf(name, {
    voxels: {
      hash: name,
      fingerprint: name,
      levels: 64,
      likeness: likenessOfBlocks(blocks),
      intensity: null,
    },
  });

const [brain = new Float32Array(0)] = brains;
const random = new RandomGenerator(9);
const plane = PHANTOM_SHAPE[1] * PHANTOM_SHAPE[2];
const isOutermost = (voxel: number) => {
  const [nx, ny, nz] = PHANTOM_SHAPE;
  const place = [Math.floor(voxel / plane), Math.floor(voxel / nz) % ny, voxel % nz];
  return place.some((at, axis) => at === 0 || at === [nx, ny, nz][axis]! - 1);
};
const copies = {
  noise: brain.map((value) => value * (1 + 0.2 * (random.uniform() - 0.5))),
  "half a voxel": brain.map((value, i) => (value + (brain[i + plane] ?? 0)) / 2),
  "the outermost voxels cut away": brain.map((value, i) => (isOutermost(i) ? 0 : value)),
  "other values": brain.map((value) => 500 * Math.sqrt(Math.max(0, value))),
  "another scale": brain.map((value) => 3.7 * value + 12),
  "a gradient of the coil": brain.map((value, i) => value * (1 + (0.3 * i) / brain.length)),
};

describe("nearCopies", () => {
  it("finds none among different people", () => {
    expect(found(people)).toEqual([]);
  });

  it.each(Object.entries(copies))("finds a copy with %s", (_, data) => {
    const [problem, ...others] = found([...people, scanned("sub-copy", data, { sets: [validation] })]);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: "audit.near-copies", severity: "warning" });
    expect(problem?.said.values).toMatchObject({
      count: 1,
      crossing: 1,
      names: ["sub-0 ses-M000 = sub-copy ses-M000"],
    });
  });

  it("does not tell of two sessions of a person, nor of equal scans, which are told of elsewhere", () => {
    expect(found([...people, scanned("sub-0", copies.noise, { sessionId: "ses-M012" })])).toEqual([]);
    expect(found([...people, scanned("sub-copy", brain)])).toEqual([]);
  });

  it("takes any number of pairs", () => {
    const random = new RandomGenerator(3);
    const scan = Float32Array.from({ length: CELLS ** 3 }, () => random.uniform());
    // Less than half of all pairs, which say what is usual; more than a function takes arguments.
    const copies = Array.from({ length: 520 }, (_, i) =>
      withBlocks(
        `sub-copy${i}`,
        scan.map((value, at) => (at === 1000 + i ? value + 1 : value)),
      ),
    );
    const others = Array.from({ length: 250 }, (_, i) =>
      withBlocks(
        `sub-${i}`,
        scan.map((_, at) => Number(at === 13 * i)),
      ),
    );
    expect(found([...copies, ...others])[0]?.said.values.count).toBe((520 * 519) / 2);
  });

  it("finds every copy among hundreds of people, names a few and tells how far it is", () => {
    const random = new RandomGenerator(6);
    const shared = Float32Array.from({ length: CELLS ** 3 }, () => random.normal());
    const blocks = Array.from({ length: 400 }, () => shared.map((value) => value + 0.6 * random.normal()));
    const scans = [
      ...blocks,
      // Of correlation 0.95 or so: not far above the least that is told of.
      ...blocks.slice(0, 40).map((one) => one.map((value) => 2 * value + 3 + 0.5 * random.normal())),
    ].map((one, i) => withBlocks(`sub-${i}`, one));
    const told: number[] = [];
    const [problem, ...others] = nearCopies.find(studyOf(scans), (done, of) => told.push(done / of));
    expect(others).toEqual([]);
    const { count, names } = problem?.said.values ?? {};
    expect(count).toBe(40);
    expect(names).toHaveLength(6);
    expect(names).toContain("...");
    expect(told.length).toBeGreaterThan(5);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  it("passes over images without details", () => {
    const flat = new Float32Array(brain.length).fill(1);
    expect(
      found([
        scanned("sub-1", flat),
        scanned(
          "sub-2",
          flat.map((one) => 2 * one),
        ),
      ]),
    ).toEqual([]);
  });
});
