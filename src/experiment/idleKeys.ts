/**
 * Keys whose value does nothing beside the others: one rule a key. Said only of a value that is given and is not the default, since a
 * maps.json of ClinicaDL holds every key.
 */
import { isDeepStrictEqual } from "node:util";
import type { SpaceRule } from "../space/spaceRule";
import { LOSS_OPTIONS } from "../statistics/losses/losses";
import { LAST_EPOCH } from "../statistics/metrics/metrics";
import type { Experiment } from "./experiment";
import { isRecord } from "./file/clinicaDlKeys";
import { warning } from "./problems/makeProblem";
import { phrase } from "./problems/phrases";
import type { Problem } from "./problems/problem";
import type { Phrase } from "./problems/words";
import { type Preprocessing, preprocessingSchema } from "./schema/preprocessing";
import { experimentSchema } from "./schema/schema";

type Given = Readonly<Record<string, unknown>>;

/** Why a key does nothing; null where it does something. `value` is what was given, before the defaults of a task. */
type IdleRule<Settings> = (settings: Settings, value: unknown) => Phrase | null;

const when = (idle: boolean, reason: Phrase): Phrase | null => (idle ? reason : null);

const wholeImages = ({ preprocessing_dict }: Experiment) => preprocessing_dict.mode === "image";

const noClasses = ({ network_task: task }: Experiment) =>
  when(task !== "classification", phrase("idle-no-classes", { task }));

const onlyReconstructions = ({ network_task: task }: Pick<Experiment, "network_task">) =>
  when(task !== "reconstruction", phrase("idle-no-reconstruction", { task }));

const RULES: { readonly [Key in keyof Experiment]?: IdleRule<Experiment> } = {
  dropout: ({ architecture, network_task: task }) =>
    typeof architecture !== "string"
      ? phrase("idle-own-layers")
      : when(task === "reconstruction", phrase("idle-no-dropout-layer")),
  latent_space_size: ({ architecture }) => when(architecture !== "CAE_half", phrase("idle-not-cae-half")),
  label_code: noClasses,
  class_weights: noClasses,
  networks_at_once: ({ multi_network: several }) => when(!several, phrase("idle-one-network")),
  splits_at_once: ({ n_splits: splits }) => when(splits < 2, phrase("idle-one-split")),
  nb_unfrozen_layer: ({ transfer_path: path }) => when(path === null, phrase("idle-no-transfer")),
  transfer_selection_metric: ({ transfer_path: path }) => when(path === null, phrase("idle-no-transfer")),
  selection_metrics: ({ selection }, given) =>
    when(selection === "last" && !isDeepStrictEqual(given, [LAST_EPOCH]), phrase("idle-last-epoch")),
  tolerance: ({ patience }) => when(patience === 0, phrase("idle-no-patience")),
  patience: ({ patience, epochs, selection }) =>
    selection === "last"
      ? phrase("idle-last-epoch")
      : when(patience >= epochs, phrase("idle-fewer-epochs", { epochs })),
  adaptive_learning_rate: ({ epochs }) => when(epochs <= 11, phrase("idle-fewer-epochs", { epochs })),
  size_reduction_factor: ({ size_reduction: reduced }) => when(!reduced, phrase("idle-no-size-reduction")),
  voting: (experiment) =>
    experiment.network_task !== "classification"
      ? phrase("idle-only-classes-vote")
      : when(wholeImages(experiment), phrase("idle-one-part")),
  kept_reconstructions: onlyReconstructions,
  kept_reconstructions_mb: ({ network_task, kept_reconstructions: count }) =>
    onlyReconstructions({ network_task }) ?? when(count === 0, phrase("idle-none-kept")),
  normalize: ({ intensity }) => when(intensity !== null, phrase("idle-intensity")),
  // A threshold of 0 leaves out no part anywhere: ClinicaDL writes it where it has no meaning.
  selection_threshold: (experiment, threshold) => {
    if (threshold === 0) return null;
    if (wholeImages(experiment)) return phrase("idle-one-part");
    if (experiment.selection === "last") return phrase("idle-last-epoch");
    return noClasses(experiment) ?? when(experiment.voting === "hard", phrase("idle-hard-voting"));
  },
  ...Object.fromEntries(
    LOSS_OPTIONS.map(({ name, loss: own }) => [
      `loss_${name}`,
      ({ loss }: Experiment) => when(loss !== own, phrase("idle-other-loss", { loss })),
    ]),
  ),
};

const IN_PARTS = "preprocessing_dict.";

const ofMode =
  (...modes: readonly Preprocessing["mode"][]): IdleRule<Preprocessing> =>
  ({ mode }) =>
    when(!modes.includes(mode), phrase("idle-in-mode", { mode }));

const ofPipeline =
  (pipeline: Preprocessing["preprocessing"]): IdleRule<Preprocessing> =>
  ({ preprocessing }) =>
    when(preprocessing !== pipeline, phrase("idle-with-images", { preprocessing }));

const PREPROCESSING_RULES: { readonly [Key in keyof Preprocessing]?: IdleRule<Preprocessing> } = {
  patch_size: ofMode("patch"),
  stride_size: ofMode("patch"),
  slice_direction: ofMode("slice"),
  slice_mode: ofMode("slice"),
  discarded_slices: ofMode("slice"),
  num_slices: ofMode("slice"),
  roi_list: ofMode("roi"),
  uncropped_roi: ofMode("roi"),
  roi_custom_template: ofPipeline("custom"),
  roi_custom_mask_pattern: ofPipeline("custom"),
  custom_suffix: ofPipeline("custom"),
  tracer: ofPipeline("pet-linear"),
  suvr_reference_region: ofPipeline("pet-linear"),
};

/** With `images`, what would say which image of a CAPS is read; a maps.json has `custom` there, and no suffix. */
const toldByImages = (_: Experiment, value: unknown) =>
  when(value !== "custom" && value !== false && value !== "", phrase("idle-images"));

const IMAGES_RULES: { readonly [Key in keyof Preprocessing]?: IdleRule<Experiment> } = {
  preprocessing: toldByImages,
  use_uncropped_image: toldByImages,
  file_type: toldByImages,
  custom_suffix: toldByImages,
  tracer: toldByImages,
  suvr_reference_region: toldByImages,
};

const IN_SPACE = "space.";

const SPACE_RULES: { readonly [Key in keyof SpaceRule]?: IdleRule<SpaceRule> } = {
  interpolation: ({ voxel_size }) =>
    when(voxel_size === undefined, phrase("idle-without", { key: "voxel_size" })),
  center: ({ size }) => when(size === undefined, phrase("idle-without", { key: "size" })),
};

/** What absent keys of `space` mean. */
const USUAL_SPACE: Given = { interpolation: "linear", center: "image" };

/** @param given the keys as typed, to tell a value from a default */
export function idleKeyProblems(experiment: Experiment, given: Given): Problem[] {
  const parts = isRecord(given.preprocessing_dict) ? given.preprocessing_dict : {};
  const space = isRecord(given.space) ? given.space : {};
  const usual = defaultsOf(preprocessingSchema.shape);
  const ofOther = Object.keys(IMAGES_RULES);
  const rest = Object.entries(parts).filter(([key]) => experiment.images === null || !ofOther.includes(key));
  return [
    ...idle(RULES, experiment, given, defaultsOf(experimentSchema.shape), ""),
    ...idle(SPACE_RULES, experiment.space, space, (key) => USUAL_SPACE[key], IN_SPACE),
    ...(experiment.images === null ? [] : idle(IMAGES_RULES, experiment, parts, () => undefined, IN_PARTS)),
    ...idle(PREPROCESSING_RULES, experiment.preprocessing_dict, Object.fromEntries(rest), usual, IN_PARTS),
  ];
}

function idle<Settings>(
  rules: { readonly [Key in string]?: IdleRule<Settings> },
  settings: Settings,
  given: Given,
  usual: (key: string) => unknown,
  prefix: string,
): Problem[] {
  return Object.entries(rules).flatMap(([key, rule]) => {
    const value = given[key];
    if (isUnset(value) || isDeepStrictEqual(value, usual(key))) return [];
    const because = rule?.(settings, value) ?? null;
    if (because === null) return [];
    const where = `${prefix}${key}`;
    return [warning("key.no-effect", { where }, { key: where, because })];
  });
}

/** ClinicaDL writes null and empty objects where nothing was set. */
const isUnset = (value: unknown): boolean =>
  value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0);

interface Parsed {
  safeParse(value: unknown): { readonly data?: unknown };
}

/** The default of each key of a schema; undefined where it has none. */
const defaultsOf = (shape: Readonly<Record<string, Parsed>>) => (key: string) =>
  shape[key]?.safeParse(undefined).data;
