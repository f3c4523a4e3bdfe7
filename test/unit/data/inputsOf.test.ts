import { describe, expect, it } from "vitest";
import { applyDrawn, type Drawn } from "../../../src/data/augmentation/augmentation";
import { gridOf } from "../../../src/data/augmentation/grid";
import { inputsOf } from "../../../src/data/batches/inputsOf";
import { type InputSettings, measuredImage, networkInput } from "../../../src/data/batches/networkInput";
import { imageSeed } from "../../../src/data/batches/trainingSeeds";
import { augmentationSchema } from "../../../src/experiment/schema/augmentation";
import { identityAffine } from "../../../src/space/affine";

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
