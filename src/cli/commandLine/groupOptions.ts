/** The words by which `predict` and `interpret` name the data and the models. */
import { resolve } from "node:path";
import { ENGINES } from "../../experiment/schema/schema";
import type { PredictionRequest } from "../../training/results/predictionPlan";
import { DEVICE_OPTION } from "./deviceOption";
import type { Argument, Options, OptionValues } from "./options";

export const GROUP_ARGUMENTS = [
  { name: "MAPS", text: "folder of a training, of Gyrus or of ClinicaDL", completes: "folder" },
  {
    name: "GROUP",
    text: "name of the data group; a group that the MAPS knows needs neither --caps nor --tsv",
  },
] as const satisfies readonly Argument[];

export const GROUP_OPTIONS = {
  caps: {
    kind: "text",
    value: "CAPS",
    text: "CAPS folder, or a TSV of cohort and path",
    completes: "folder",
  },
  images: {
    kind: "text",
    value: "IMAGES",
    text: "images that stand in no CAPS: a JSON file that describes them as the key `images` does, or that JSON itself; without it those of the training",
    completes: "file",
  },
  tsv: {
    kind: "text",
    value: "TSV",
    text: "participants and sessions, with the label for metrics",
    completes: "file",
  },
  diagnoses: {
    kind: "text",
    value: "DIAGNOSIS",
    many: true,
    text: "rows with this diagnosis, instead of those of the training",
  },
  "no-labels": { kind: "flag", text: "no metrics, even where the table has labels" },
  split: { kind: "whole", value: "N", least: 0, many: true, text: "only this split" },
  selection: {
    kind: "text",
    value: "METRIC",
    many: true,
    text: "only the models of this selection metric",
  },
  "skip-leak-check": {
    kind: "flag",
    text: "also participants that the networks were trained or chosen on",
  },
  "leave-out": {
    kind: "flag",
    text: "not those participants: the others, and who was left out is kept with the group",
  },
  "accept-space": {
    kind: "flag",
    text: "also images that are stored in another orientation or voxel size than those of the training",
  },
  output: {
    kind: "text",
    value: "FOLDER",
    text: "results go there instead of into the MAPS, where that may not be written",
    completes: "folder",
  },
  "save-tensors": { kind: "flag", text: "what is made of each image as PyTorch tensors too" },
  engine: { kind: "choice", choices: ENGINES, default: "auto", text: "what computes" },
  device: DEVICE_OPTION,
} as const satisfies Options;

/** What both ask of the training room. */
export function groupRequest(
  options: OptionValues<typeof GROUP_OPTIONS>,
): Omit<PredictionRequest, "maps" | "group"> {
  return {
    output: options.output === undefined ? undefined : resolve(options.output),
    caps: options.caps,
    images: options.images,
    tsv: options.tsv,
    diagnoses: options.diagnoses,
    label: options["no-labels"] ? null : undefined,
    splits: options.split,
    metrics: options.selection,
    skipLeakCheck: options["skip-leak-check"],
    leaveOut: options["leave-out"],
    acceptSpace: options["accept-space"],
    saveTensors: options["save-tensors"],
  };
}
