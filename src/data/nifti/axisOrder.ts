/**
 * NIfTI stores x fastest (Fortran order); tensors store z fastest (C order, what `array.tobytes()` of nibabel's array
 * gives). Turning one into the other reverses the axes.
 */
import type { Triple } from "../../space/triple";
import type { VoxelArray } from "../../space/voxelArray";

/**
 * Copies `source`, whose first axis of [n0, n1, n2] is the fastest, to `target`, where the last one is.
 * Reverses itself: with [n2, n1, n0] it goes the other way. Works on blocks, so that both sides stay in the cache.
 */
export function reverseAxes(source: VoxelArray, target: VoxelArray, [n0, n1, n2]: Triple): void {
  const plane = n0 * n1;
  for (let j = 0; j < n1; j++) {
    for (let iBlock = 0; iBlock < n0; iBlock += 16) {
      const iEnd = Math.min(n0, iBlock + 16);
      for (let kBlock = 0; kBlock < n2; kBlock += 64) {
        const kEnd = Math.min(n2, kBlock + 64);
        for (let i = iBlock; i < iEnd; i++) {
          let from = i + n0 * j + plane * kBlock;
          let to = (i * n1 + j) * n2 + kBlock;
          for (let k = kBlock; k < kEnd; k++, from += plane, to++) target[to] = source[from]!;
        }
      }
    }
  }
}
