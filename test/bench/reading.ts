/** The row of the bench for reading: an image of 169x208x179 voxels, gzipped, as float32, normalised. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readInputs } from "../../src/data/batches/readInputs";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { RandomGenerator } from "../../src/network/weights/random";
import { compete, type ReadingContest } from "./contestant";

export const SIZE = [169, 208, 179] as const;

/** Calls `hold` with the contest while its image exists. */
export async function withReadingContest(hold: (contest: ReadingContest) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "gyrus-bench-"));
  try {
    const file = join(folder, "image.nii.gz");
    await writeNifti(file, { shape: SIZE, data: noisyBall() });
    await hold({ group: "reading", file, size: SIZE });
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Takes part as the training does it: read, checked, normalised. */
export async function competeInReading({ file, size }: ReadingContest): Promise<void> {
  const settings = {
    imageSize: size,
    space: { orientation: "stored" },
    cut: { mode: "image" },
    intensity: { kind: "min-max", each: "part" },
    reduction: null,
    inputSize: [1, ...size],
    augmentation: [],
  } as const;
  await compete(async () => {
    await readInputs(settings, { file, voxels: undefined, parts: [0], seeds: undefined, facts: false });
  });
}

/** Noise over a head, nothing around it: compresses about as a skull-stripped image does. */
export function noisyBall(): Float32Array {
  const [nx, ny, nz] = SIZE;
  const random = new RandomGenerator(0);
  const fromMiddle = (index: number, size: number) => ((2 * index) / (size - 1) - 1) ** 2;
  return Float32Array.from({ length: nx * ny * nz }, (_, voxel) => {
    const [x, y, z] = [Math.floor(voxel / (ny * nz)), Math.floor(voxel / nz) % ny, voxel % nz];
    const distance = fromMiddle(x, nx) + fromMiddle(y, ny) + fromMiddle(z, nz);
    return distance < 1 ? 100 + 20 * random.uniformFloat() : 0;
  });
}
