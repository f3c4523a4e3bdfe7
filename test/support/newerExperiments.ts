/** Experiments with each key that ClinicaDL does not know, by what they show. */
import type { Experiment } from "../../src/experiment/experiment";
import { experimentOf } from "./experiment";

const without = { caps_directory: undefined };

export const newerExperiments = (): Readonly<Record<string, Experiment>> => ({
  defaults: experimentOf(),
  bids: experimentOf({
    ...without,
    images: { bids: "bids", space: "MNI152NLin2009cAsym", desc: "preproc", run: 1 },
  }),
  "bids-without-direction": experimentOf({ ...without, images: { bids: "bids", dir: null, acq: null } }),
  "bids-of-numbered-direction": experimentOf({ ...without, images: { bids: "bids", dir: 1 } }),
  table: experimentOf({ ...without, images: { table: "images.csv", path_column: "T1 path" } }),
  folder: experimentOf({
    ...without,
    images: { folder: "images", pattern: "{participant}_{session}.nii.gz" },
  }),
  space: experimentOf({
    space: {
      orientation: "canonical",
      voxel_size: [1, 1, 2],
      interpolation: "cubic",
      size: 96,
      center: "head",
    },
    cache_directory: "cache",
  }),
  "intensity-mask": experimentOf({ intensity: { kind: "z-score", over: { mask: "mask.nii.gz" } } }),
  "intensity-percentile": experimentOf({ intensity: { kind: "percentile" } }),
  "intensity-histogram": experimentOf({ intensity: { kind: "histogram" } }),
  augmentation: experimentOf({
    augmentation: {
      on: "part",
      transforms: [
        { kind: "flip" },
        { one_of: [{ kind: "affine" }, { kind: "elastic" }] },
        ...["anisotropy", "gamma", "noise", "blur", "bias_field", "ghosting", "motion"].map((kind) => ({
          kind,
        })),
        ...["spike", "contrast", "brightness", "erasing", "swap"].map((kind) => ({ kind })),
      ],
    },
  }),
  layers: experimentOf({
    architecture: {
      convolutions: [{ layer: "Conv", out_channels: 4 }],
      fc: [{ layer: "Flatten" }, { layer: "Linear" }],
    },
  }),
  regression: experimentOf({ network_task: "regression", label: "age" }),
  patches: experimentOf({ preprocessing_dict: { mode: "patch" } }),
});
