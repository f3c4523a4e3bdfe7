/** Reconstructions of imagined brains, better from epoch to epoch, as a training panel is told of them. */
import type { RunEvent } from "../../../src/run/events";
import { type KeptImage, planesOf } from "../../../src/space/keptPlanes";
import type { Triple } from "../../../src/space/triple";
import { imagineRun } from "./trainingRun";

const SIZE: Triple = [61, 73, 55];

/** @param blur 0 for a perfect reconstruction, 1 for a smooth one */
export function keptBrain(person: number, blur: number): KeptImage {
  const [nx, ny, nz] = SIZE;
  const input = new Float32Array(nx * ny * nz);
  const output = new Float32Array(nx * ny * nz);
  let at = 0;
  for (let x = 0; x < nx; x++)
    for (let y = 0; y < ny; y++)
      for (let z = 0; z < nz; z++, at++) {
        const [u, v, w] = [(2 * x) / nx - 1, (2 * y) / ny - 1, (2 * z) / nz - 1];
        const radius = Math.hypot(u / 0.8, v / 0.9, w / 0.75);
        const folds = 0.5 + 0.5 * Math.sin(9 * u + person) * Math.cos(11 * v) * Math.sin(8 * w + 1);
        const ventricle = Math.hypot((Math.abs(u) - 0.14) / 0.1, v / 0.35, (w - 0.1) / 0.2) < 1 ? 0.5 : 0;
        const inside = radius < 1;
        input[at] = inside ? 0.35 + 0.55 * folds - ventricle : 0;
        output[at] = inside ? 0.35 + 0.55 * (folds + blur * (0.5 - folds)) - ventricle * (1 - blur / 2) : 0;
      }
  const affine = [
    [-3, 0, 0, 90],
    [0, 3, 0, -126],
    [0, 0, 3, -72],
    [0, 0, 0, 1],
  ];
  return planesOf({ size: SIZE, affine, low: 0, high: 1, input, output }, 1);
}

/** An autoencoder at work, with a best epoch at each of `best`. */
export function reconstructingRun(best: readonly number[]): readonly RunEvent[] {
  const events = imagineRun({ epochsDone: 12 }).map((event): RunEvent => {
    if (event.kind === "start") return { ...event, task: "reconstruction", classes: [] };
    return event.kind === "epoch" ? { ...event, confusion: null } : event;
  });
  let seq = 0;
  return events.flatMap((event) => {
    const told: RunEvent[] = [{ ...event, seq: seq++ }];
    if (event.kind !== "epoch" || !best.includes(event.epoch)) return told;
    const error = 0.02 + 0.1 / (event.epoch + 1);
    const images = Array.from({ length: 4 }, (_, person) => ({
      name: `sub-00${person}_ses-M000_image`,
      participantId: `sub-00${person}`,
      sessionId: "ses-M000",
      part: null,
      loss: error / 10,
      metrics: { MAE: error + person / 500, RMSE: 1.3 * error, PSNR: 24 - 100 * error, SSIM: 1 - 2 * error },
    }));
    return [...told, { kind: "reconstruction", epoch: event.epoch, seq: seq++, time: event.time, images }];
  });
}
