import { describe, expect, it } from "vitest";
import { applyDrawn, type Drawn } from "../../../src/data/augmentation/augmentation";
import { gridOf } from "../../../src/data/augmentation/grid";
import { inputsOf } from "../../../src/data/batches/inputsOf";
import { type InputSettings, measuredImage, networkInput } from "../../../src/data/batches/networkInput";
import { imageSeed } from "../../../src/data/batches/trainingSeeds";
import type { Cut } from "../../../src/data/parts/parts";
import { planAugmentation } from "../../../src/data/plan/augmentationPlan";
import { augmentationSchema } from "../../../src/experiment/schema/augmentation";
import { type Affine, affineOfColumns, identityAffine } from "../../../src/space/affine";

const imageSize = [6, 4, 4] as const;
const image = {
  file: "sub-1.nii.gz",
  size: imageSize,
  data: Float32Array.from({ length: 96 }, (_, i) => 5 + Math.sin(i)),
};

function settingsFor(on: "part" | "image"): InputSettings {
  const transforms = augmentationSchema.parse({
    transforms: [{ kind: "affine", translation: [-2, 2] }, { kind: "noise" }],
  })!.transforms;
  return {
    imageSize,
    space: { orientation: "stored" },
    cut: { mode: "patch", size: 3, stride: 1, counts: [4, 2, 2] },
    intensity: { kind: "z-score", over: "all", each: "image" },
    reduction: null,
    inputSize: [1, 3, 3, 3],
    augmentation: [],
    transforms: {
      on,
      transforms,
      frame: { voxelSize: [1, 1, 1], affine: identityAffine, worldAxes: [0, 1, 2] },
    },
  };
}

const voxels = { ...image, measured: measuredImage(image, settingsFor("image")) };

/** Inputs of `parts`, and what was drawn for them. */
function drawn(on: "part" | "image", parts: readonly number[], seed: number) {
  const told: (readonly unknown[])[] = [];
  const seeds = { parts: parts.map((part) => 100 * seed + part), image: seed };
  const inputs = inputsOf(voxels, settingsFor(on), parts, { seeds, onDrawn: (one) => told.push(one) });
  return { inputs, told };
}

describe("inputsOf", () => {
  it("transforms a whole image once for all its parts: normalised before, cut afterwards", () => {
    const { inputs, told } = drawn("image", [0, 5, 15], 3);
    expect(told).toHaveLength(1);
    const settings = settingsFor("image");
    const uncut = { ...settings, cut: { mode: "image" }, inputSize: [1, ...imageSize] } as const;
    const whole = networkInput(voxels, uncut, 0);
    applyDrawn(whole, gridOf([1, ...imageSize]), told[0] as readonly Drawn[]);
    const expected = [0, 5, 15].map((part) =>
      networkInput({ ...image, data: whole }, { ...settings, intensity: null, transforms: null }, part),
    );
    expect(inputs).toEqual(expected);
  });

  it("gives a part the same whatever stands beside it in its batch, where images are transformed", () => {
    const [together] = drawn("image", [5, 0, 7], 3).inputs;
    expect(drawn("image", [5], 3).inputs).toEqual([together]);
    expect(drawn("image", [5], 4).inputs).not.toEqual([together]);
  });

  it("draws for each part by itself where parts are transformed", () => {
    const { inputs, told } = drawn("part", [0, 0], 3);
    expect(told).toHaveLength(2);
    expect(inputs[0]).toEqual(inputs[1]);
    expect(drawn("part", [0, 5], 3).told[0]).not.toEqual(drawn("part", [0, 5], 3).told[1]);
  });

  it("transforms nothing in an evaluation", () => {
    const plain = networkInput(voxels, { ...settingsFor("part"), transforms: null }, 4);
    for (const on of ["part", "image"] as const)
      expect(inputsOf(voxels, settingsFor(on), [4])).toEqual([plain]);
  });
});

describe("millimetres of `augmentation`", () => {
  const cubic = (size: number): Affine =>
    affineOfColumns(
      [
        [size, 0, 0],
        [0, size, 0],
        [0, 0, size],
      ],
      [7, 8, 9],
    );
  const size = [12, 12, 12] as const;
  const MIDDLE = 6 * 144 + 6 * 12 + 6;
  const WHOLE: Cut = { mode: "image" };
  const PATCH: Cut = { mode: "patch", size: 6, stride: 6, counts: [2, 2, 2] };
  const waves = Float32Array.from({ length: 1728 }, (_, i) => Math.sin(i));
  const bright = Float32Array.from({ length: 1728 }, (_, i) => (i === MIDDLE ? 1 : 0));

  /** What is drawn for an image and what becomes of it. The plan is that of an image of `first` mm. */
  function transformed(
    transform: Readonly<Record<string, unknown>>,
    first: number,
    affine?: Affine,
    on = "part",
    data = waves,
  ) {
    const augmentation = augmentationSchema.parse({ on, transforms: [transform] });
    const cut = on === "image" ? PATCH : WHOLE;
    const settings: InputSettings = {
      ...settingsFor("part"),
      imageSize: size,
      cut,
      intensity: null,
      inputSize: on === "image" ? [1, 6, 6, 6] : [1, ...size],
      transforms: planAugmentation({ augmentation }, { shape: size, affine: cubic(first) }, cut, null),
    };
    const told: unknown[] = [];
    const [input] = inputsOf({ file: "sub-1.nii.gz", size, data, affine }, settings, [0], {
      seeds: { parts: [5], image: 5 },
      onDrawn: (one) => told.push(...one),
    });
    return { input, told };
  }

  it.each([
    { kind: "blur", sigma: [2, 2] },
    { kind: "elastic", control_points: 5, max_displacement: 4, locked_borders: 0 },
    { kind: "affine", degrees: [0, 0], scales: [1, 1], translation: [4, 4] },
    { kind: "motion", degrees: [0, 0], translation: [3, 6] },
  ])("are those of the image itself: $kind", (transform) => {
    for (const on of ["part", "image"]) {
      const coarse = transformed(transform, 1, cubic(2), on);
      expect(coarse).toEqual(transformed(transform, 2, cubic(2), on));
      expect(coarse.input).not.toEqual(transformed(transform, 1, cubic(1), on).input);
    }
    // To the last bit what it was where all voxels are of one size.
    expect(transformed(transform, 1.1, cubic(1.1))).toEqual(transformed(transform, 1.1));
  });

  it("move a head by as many voxels as its own size makes of them", () => {
    const move = { kind: "affine", degrees: [0, 0], scales: [1, 1], translation: [4, 4] };
    const brightest = (size: number) => {
      const { input } = transformed(move, 1, cubic(size), "part", bright);
      return input!.indexOf(Math.max(...input!));
    };
    expect(brightest(1)).toBe(10 * 144 + 10 * 12 + 10);
    expect(brightest(2)).toBe(8 * 144 + 8 * 12 + 8);
    expect(brightest(4)).toBe(7 * 144 + 7 * 12 + 7);
  });
});

describe("imageSeed", () => {
  it("is another for each epoch, cohort, participant and session", () => {
    const one = { cohort: "single", participantId: "sub-1", sessionId: "ses-1" };
    const others = [{ cohort: "other" }, { participantId: "sub-2" }, { sessionId: "ses-2" }];
    const seeds = [
      imageSeed(1, one),
      imageSeed(2, one),
      ...others.map((other) => imageSeed(1, { ...one, ...other })),
    ];
    expect(new Set(seeds).size).toBe(5);
  });
});
