/** An imagined experiment and the host's side of its preview, for tests. */

import { z } from "zod";
import type { Triple } from "../../../src/space/triple";
import type {
  DrawAnswer,
  ImageAnswer,
  InputAnswer,
  InputCut,
  InputPlan,
  InputProblem,
  ToInputs,
} from "../../../webview/inputs/messages";

export const previewSize: Triple = [12, 15, 9];
const affine = [
  [1, 0, 0, -6],
  [0, 1, 0, -7],
  [0, 0, 1, -4],
  [0, 0, 0, 1],
];

export const patchCut: InputCut = { mode: "patch", size: 4, stride: 4, counts: [3, 3, 2] };

/** `count` participants, AD and CN in turn, four in the validation set of each of two splits. */
export function imaginedPlan(changed: Partial<InputPlan> = {}, count = 24): InputPlan {
  const all = Array.from({ length: count }, (_, i) => i);
  return {
    task: "classification",
    label: "diagnosis",
    classes: ["AD", "CN"],
    intensity: "min-max",
    imageSize: previewSize,
    inputSize: [1, 4, 4, 4],
    cut: patchCut,
    reduced: null,
    augmentation: [],
    images: all.map((i) => ({
      participant: `sub-${String(i + 1).padStart(3, "0")}`,
      session: "ses-M000",
      cohort: "single",
      label: i % 2 === 0 ? "AD" : "CN",
    })),
    splits: [0, 1].map((split) => ({
      split,
      train: Uint32Array.from(all.slice(4)),
      validation: Uint32Array.from(all.slice(0, 4).map((i) => (i + split) % 4)),
    })),
    seed: 7,
    ...changed,
  };
}

export const imaginedProblem = (changed: Partial<InputProblem> = {}): InputProblem => ({
  severity: "error",
  file: "/data/split/train.tsv",
  line: 14,
  where: "row 14",
  message: 'sub-101 ses-M000 has no image "*T1w.nii.gz" in /data/caps.',
  remedy: "Run Clinica's t1-linear on it, or remove the row.",
  ...changed,
});

export const inputsWelcome = (name = "ad-cn.experiment.json"): ToInputs => ({
  kind: "welcome",
  experiment: "file:///data/ad-cn.experiment.json",
  name,
  texts: {},
});

export const imageAnswer = (image: number): ImageAnswer => ({
  size: previewSize,
  affine,
  voxelSize: [1, 1, 1],
  values: Float32Array.from({ length: 12 * 15 * 9 }, (_, i) => i + 10_000 * image),
});

/** Stored left to right, with voxels of twice the size along x. */
export const storedAnswer = (): ImageAnswer => ({
  size: [6, 15, 9],
  affine: [
    [-2, 0, 0, 5],
    [0, 1, 0, -7],
    [0, 0, 1, -4],
    [0, 0, 0, 1],
  ],
  voxelSize: [2, 1, 1],
  values: Float32Array.from({ length: 6 * 15 * 9 }, (_, i) => i),
});

export function inputAnswer(plan: InputPlan): InputAnswer {
  const length = plan.inputSize.reduce((product, size) => product * size, 1);
  const values = Float32Array.from({ length }, (_, i) => i / (length - 1));
  return { affine, voxelSize: [1, 1, 1], values };
}

/** The draw of an epoch, darker from one to the next; every other one changes nothing. */
export function drawAnswer(plan: InputPlan, number: number): DrawAnswer {
  const input = inputAnswer(plan);
  const done = [
    { text: "flipX", values: [] },
    { text: "gamma", values: [0.8421] },
  ] as const;
  const values = input.values.map((value) => value ** (1 + number / 4));
  return { ...input, values, epoch: number, phrases: number % 2 === 0 ? done : [] };
}

/** Which draw is asked for. */
export const drawNumber = (asked: unknown): number => z.object({ number: z.number() }).parse(asked).number;
