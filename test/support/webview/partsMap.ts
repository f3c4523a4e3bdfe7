/** 36 patches of 50 voxels in an image of 169 x 208 x 179, as a training panel is told of them. */
import type { KeptImage } from "../../../src/space/keptPlanes";
import type { Triple } from "../../../src/space/triple";
import type { PartsMap } from "../../../webview/training/messages";

const SIZE: Triple = [169, 208, 179];
const AFFINE = [
  [1, 0, 0, -84],
  [0, 1, 0, -120],
  [0, 0, 1, -72],
  [0, 0, 0, 1],
];

export function patchesMap(): PartsMap {
  const boxes = Array.from({ length: 36 }, (_, part) => {
    const start: Triple = [50 * Math.floor(part / 12), 50 * (Math.floor(part / 3) % 4), 50 * (part % 3)];
    return { start, size: [50, 50, 50] as const, index: start[2] + 25, name: null };
  });
  return {
    size: SIZE,
    affine: AFFINE,
    through: 2,
    boxes,
    panels: [25, 75, 125].map((index) => ({ index, image: axialBrain(index) })),
  };
}

function axialBrain(index: number): KeptImage {
  const [nx, ny, nz] = SIZE;
  const w = (2 * index) / nz - 1;
  const input = Uint8Array.from({ length: nx * ny }, (_, at) => {
    const [u, v] = [(2 * Math.floor(at / ny)) / nx - 1, (2 * (at % ny)) / ny - 1];
    const inside = Math.hypot(u / 0.8, v / 0.9, w / 0.85) < 1;
    return inside ? 110 + 80 * Math.sin(9 * u) * Math.cos(11 * v + 4 * w) : 0;
  });
  const planes = [{ through: 2 as const, input, output: input, difference: input }];
  return { size: SIZE, affine: AFFINE, low: 0, high: 1, planes };
}
