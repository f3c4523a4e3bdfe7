import { describe, expect, it } from "vitest";
import { voxelFacts } from "../../../src/data/nifti/voxelFacts";
import { RandomGenerator } from "../../../src/network/weights/random";
import { identityAffine } from "../../../src/space/affine";
import { orientationOfCodes } from "../../../src/space/orientation";
import { reorient } from "../../../src/space/reorient";

const size = [20, 18, 17] as const;
const random = new RandomGenerator(3);
const brain = Float32Array.from({ length: 20 * 18 * 17 }, () => 1 + random.uniform());

describe("voxelFacts", () => {
  it("knows the same values again, and no others", () => {
    expect(voxelFacts(brain.slice(), size)).toEqual(voxelFacts(brain, size));
    const other = brain.slice();
    other[1000] = Math.fround(other[1000]! * 1.0001);
    expect(voxelFacts(other, size).hash).not.toBe(voxelFacts(brain, size).hash);
    expect(voxelFacts(other, size).fingerprint).not.toBe(voxelFacts(brain, size).fingerprint);
  });

  it("tells other places and sizes apart by the hash", () => {
    const swapped = brain.slice();
    [swapped[0], swapped[5]] = [swapped[5]!, swapped[0]!];
    expect(voxelFacts(swapped, size).hash).not.toBe(voxelFacts(brain, size).hash);
    expect(voxelFacts(brain, [18, 20, 17]).hash).not.toBe(voxelFacts(brain, size).hash);
  });

  it("gives a scan one fingerprint in any of the 48 orientations", () => {
    const facts = voxelFacts(brain, size);
    const image = { grid: { shape: size, affine: identityAffine }, values: brain };
    const hashes = new Set<string>();
    for (const order of ["RAS", "RSA", "ARS", "ASR", "SRA", "SAR"]) {
      for (let flips = 0; flips < 8; flips++) {
        const opposite: Readonly<Record<string, string>> = { R: "L", A: "P", S: "I" };
        const codes = [...order].map((letter, axis) => ((flips >> axis) & 1 ? opposite[letter] : letter));
        const turned = reorient(image, orientationOfCodes(codes.join(""))!);
        const { hash, fingerprint } = voxelFacts(turned.values, turned.grid.shape);
        expect(fingerprint).toBe(facts.fingerprint);
        hashes.add(hash);
      }
    }
    expect(hashes.size).toBe(48);
  });

  it("gives a scan one fingerprint with any margin of zeros", () => {
    const [nx, ny, nz] = size;
    const wide = new Float32Array((nx + 4) * (ny + 2) * (nz + 1));
    for (let x = 0; x < nx; x++)
      for (let y = 0; y < ny; y++)
        for (let z = 0; z < nz; z++)
          wide[((x + 3) * (ny + 2) + y + 1) * (nz + 1) + z] = brain[(x * ny + y) * nz + z]!;
    expect(voxelFacts(wide, [nx + 4, ny + 2, nz + 1]).fingerprint).toBe(voxelFacts(brain, size).fingerprint);
  });
});
