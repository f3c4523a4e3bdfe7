/**
 * The experiment file, one schema for everything: TypeScript type, runtime check, JSON schema of the editor, maps.json.
 * Keys, meanings and defaults are those of ClinicaDL 1.6's maps.json, so that one of its maps.json is a valid experiment;
 * where a default differs, `docs/clinicadl-differences.md` says why.
 */
import { z } from "zod";
import { ARCHITECTURES } from "../../network/zoo/zoo";
import { OPTIMIZER_NAMES } from "../../optimizer/optimizers";
import { LOSS_NAMES, LOSS_OPTIONS, type OptionName } from "../../statistics/losses/losses";
import { TASK_NAMES } from "../../statistics/task";
import { augmentationSchema } from "./augmentation";
import { layerListSchema } from "./customArchitecture";
import { imagesSchema } from "./images";
import { intensitySchema } from "./intensity";
import { preprocessingSchema } from "./preprocessing";
import { spaceSchema } from "./space";
import { defaultsByTask } from "./taskDefaults";

const SAMPLERS = ["random", "weighted"] as const;
export const AUGMENTATIONS = [
  "Noise",
  "Erasing",
  "CropPad",
  "Smoothing",
  "Motion",
  "Ghosting",
  "Spike",
  "BiasField",
  "RandomBlur",
  "RandomSwap",
] as const;
const VOTINGS = ["soft", "hard"] as const;
const SELECTIONS = ["best", "last"] as const;
export const ENGINES = ["auto", "onnx", "webgpu", "tensorflow"] as const;

/** ClinicaDL writes false or "" for a path that is not set. */
const optionalPath = z.union([z.string().min(1), z.literal(false), z.literal("")]);

/** `loss_<option>` of each option of a loss. */
export type LossKey = `loss_${OptionName}`;

function lossOptions(): Readonly<Record<LossKey, z.ZodOptional<z.ZodNumber>>> {
  const entries = LOSS_OPTIONS.map(({ name, text, default: usual }) => [
    `loss_${name}`,
    z.number().positive().optional().describe(`${text} Default: ${usual}.`),
  ]);
  // The keys are those of the options, which is more than the type of fromEntries says.
  return Object.fromEntries(entries) as Record<LossKey, z.ZodOptional<z.ZodNumber>>;
}

/** Unknown keys are dropped here and reported by resolve.ts: an index signature would hide the type of every key. */
export const experimentSchema = z.object({
  // What is learned, from what
  network_task: z.enum(TASK_NAMES).default("classification").describe("What the network learns to do."),
  // Empty in the maps.json of a training on other images.
  caps_directory: z
    .union([z.string().min(1), z.literal("")])
    .optional()
    .describe("CAPS folder, or with `multi_cohort` a TSV of `cohort` and `path`. Not given with `images`."),
  images: imagesSchema
    .optional()
    .describe(
      "Instead of `caps_directory`: images of a BIDS folder, of a table of paths, or of a folder of files.",
    ),
  tsv_path: z
    .string()
    .min(1)
    .describe(
      "`split` or `<k>_fold` folder, or with `multi_cohort` a TSV of `cohort`, `path` and `diagnoses`.",
    ),
  preprocessing_dict: preprocessingSchema
    .optional()
    .describe("Which image is read and which part of it is seen."),
  preprocessing_json: z
    .string()
    .optional()
    .describe(
      "Instead of `preprocessing_dict`: a JSON file of prepare-data, by path or by name in `<caps>/tensor_extraction`.",
    ),
  label: z
    .string()
    .nullable()
    .optional()
    .describe(`Column to predict. Default: ${defaultsByTask("label")}.`),
  label_code: z
    .record(z.string(), z.int().nonnegative())
    .nullable()
    .optional()
    .describe("Class of each label value; several values may share one. Default: sorted values, from 0."),
  diagnoses: z.array(z.string()).min(1).default(["AD", "CN"]).describe("Rows with these diagnoses are used."),
  baseline: z.boolean().default(false).describe("Train on the first session of each participant only."),
  valid_longitudinal: z.boolean().default(false).describe("Validate on all sessions instead of the first."),
  multi_cohort: z
    .boolean()
    .default(false)
    .describe("Data of several cohorts: `caps_directory` and `tsv_path` are tables."),
  n_splits: z.int().nonnegative().default(0).describe("Number of folds in `tsv_path`; 0 for a single split."),
  split: z.array(z.int().nonnegative()).default([]).describe("Splits to train; all when empty."),
  space: spaceSchema,
  normalize: z
    .boolean()
    .default(true)
    .describe("Min-max normalisation of each input to [0, 1], where there is no `intensity`."),
  intensity: intensitySchema,
  data_augmentation: z
    .union([z.literal(false), z.array(z.enum(AUGMENTATIONS))])
    .default(false)
    .describe("ClinicaDL's transforms, applied to each training sample, in order."),
  augmentation: augmentationSchema,
  sampler: z
    .enum(SAMPLERS)
    .default("random")
    .describe("`weighted` draws each class equally often, with replacement."),
  size_reduction: z
    .boolean()
    .default(false)
    .describe("Keep one voxel in `size_reduction_factor` of each axis."),
  size_reduction_factor: z
    .int()
    .min(2)
    .max(5)
    .default(2)
    .describe("With `size_reduction`: how many times smaller each axis becomes."),

  // The network
  architecture: z
    .union([z.enum(["default", ...ARCHITECTURES]), layerListSchema])
    .default("default")
    .describe(`Name of a zoo network, or your own layers. \`default\`: ${defaultsByTask("architecture")}.`),
  multi_network: z.boolean().default(false).describe("One network for each part of the image."),
  networks_at_once: z
    .int()
    .positive()
    .default(1)
    .describe(
      "With `multi_network`: how many networks train side by side on the CPU, with the threads shared out among them.",
    ),
  splits_at_once: z
    .union([z.int().positive(), z.literal("auto")])
    .default(1)
    .describe(
      'How many splits train side by side, with the threads shared out among them; "auto": as many as threads and free memory allow.',
    ),
  dropout: z.number().min(0).lt(1).default(0).describe("Probability of the dropout layer."),
  latent_space_size: z.int().positive().default(128).describe("Latent size of CAE_half."),
  transfer_path: optionalPath.default(false).describe("MAPS whose weights are the starting point."),
  transfer_selection_metric: z.string().default("loss").describe("Which of its best models is taken."),
  nb_unfrozen_layer: z
    .int()
    .nonnegative()
    .default(0)
    .describe("With a transfer: only this many last layers learn; 0 for all."),

  // How it learns
  loss: z
    .enum(LOSS_NAMES)
    .optional()
    .describe(`What the training makes smaller. Default: ${defaultsByTask("loss")}.`),
  ...lossOptions(),
  class_weights: z
    .union([z.literal("balanced"), z.array(z.number().positive())])
    .nullable()
    .default(null)
    .describe("Weights of the classes in the cross entropy; `balanced`: inverse of their frequency."),
  optimizer: z
    .enum(OPTIMIZER_NAMES)
    .default("Adam")
    .describe("Rule of the weight update, with PyTorch's formula and defaults."),
  optimizer_settings: z
    .record(z.string(), z.unknown())
    .default({})
    .describe(
      "Hyperparameters of the optimizer by PyTorch's names, `{\"momentum\": 0.9}` of SGD for instance. Default: PyTorch's.",
    ),
  gradient_clipping: z
    .union([
      z.strictObject({ norm: z.number().positive() }),
      z.strictObject({ value: z.number().positive() }),
    ])
    .nullable()
    .default(null)
    .describe(
      '`{"norm": 1}`: gradients are shrunk where their norm, all together, is above 1; `{"value": 0.5}`: where a value is.',
    ),
  epochs: z.int().positive().default(20).describe("Largest number of epochs."),
  learning_rate: z.number().positive().default(1e-4).describe("Size of the weight updates."),
  adaptive_learning_rate: z
    .boolean()
    .default(false)
    .describe("Divide the learning rate by 10 when the validation loss has not improved for 10 epochs."),
  weight_decay: z.number().nonnegative().default(1e-4).describe("L2 penalty, added to the gradient."),
  batch_size: z.int().positive().default(8).describe("Images in memory at once."),
  accumulation_steps: z
    .int()
    .positive()
    .default(1)
    .describe(
      "Batches that make one weight update, each weighing its samples: simulates a batch of `batch_size` x this.",
    ),
  evaluation_steps: z
    .int()
    .nonnegative()
    .default(0)
    .describe("Also evaluate every so many weight updates; 0: only at the end of each epoch."),
  patience: z
    .int()
    .nonnegative()
    .default(10)
    .describe("Stop after this many epochs without improvement; 0: never."),
  tolerance: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("An epoch improves when its loss is below best x (1 - tolerance)."),
  selection: z
    .enum(SELECTIONS)
    .default("best")
    .describe(
      "`best`: the best epoch on the validation set, which chooses the model thereby. `last`: the last epoch, whatever that set says, so that it stays unseen; nothing stops early.",
    ),
  inner_validation: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe(
      "This share of the people in the training table of a split becomes its validation set, and its validation table the group `outer`, which stays unseen: nested folds.",
    ),
  selection_metrics: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      `Best models to keep, one by each: the loss, or a metric of the task, such as \`AUC\`, \`AP\`, \`Brier\` or \`MCC\`. Default: ${defaultsByTask("selectionMetrics")}.`,
    ),
  selection_threshold: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .optional()
    .describe("Soft voting leaves out parts whose validation balanced accuracy is below this."),
  voting: z
    .enum(VOTINGS)
    .default("soft")
    .describe(
      "How the parts of an image make one answer: `soft` weighs their probabilities by balanced accuracy, `hard` counts votes.",
    ),
  save_all_models: z.boolean().default(false).describe("Keep the weights of every epoch."),
  kept_reconstructions: z
    .int()
    .min(0)
    .max(16)
    .default(4)
    .describe(
      "Of a reconstruction: so many validation images are kept to look at, planes of each at every best epoch, whole at the last; 0: none.",
    ),
  kept_reconstructions_mb: z
    .number()
    .positive()
    .max(64)
    .default(2)
    .describe("Most megabytes that these planes take at one best epoch: larger ones are thinned out."),

  // Where and how it computes
  seed: z.int().nonnegative().default(0).describe("Same seed, same data, same machine: same result."),
  engine: z
    .enum(ENGINES)
    .default("auto")
    .describe(
      "`auto` times one step of the network on the processor and on the graphics card, and takes the faster; `onnx` is the processor, `webgpu` any graphics card, `tensorflow` your own TensorFlow.",
    ),
  device: z
    .string()
    .min(1)
    .optional()
    .describe(
      "With several graphics cards: part of the name of the one that computes, or its number from 0. Default: the one that a scheduler allots, else the fastest.",
    ),
  threads: z.int().nonnegative().default(0).describe("Threads of the engine; 0: all cores."),
  n_proc: z
    .int()
    .nonnegative()
    .nullable()
    .default(null)
    .describe("Workers that read images; null: one a core, 8 at most; 0: in the trainer itself."),
  cache_directory: z
    .string()
    .nullable()
    .overwrite((folder) => (folder === "" ? null : folder))
    .default(null)
    .describe(
      "Folder of the study in which a training keeps images as `space` has them, so that the next one need not compute them; null or an empty text: none. `gyrus cache clear` empties it.",
    ),
  cache_directory_gb: z
    .number()
    .positive()
    .default(20)
    .describe("Most that `cache_directory` may take on the disk, in GB."),
  cache_gb: z
    .number()
    .nonnegative()
    .nullable()
    .default(null)
    .describe(
      "Memory for decoded images, in GB, so that they are read once; null: a quarter of what is free; 0: none is kept.",
    ),
});

/** As typed by the user: defaults may be absent. */
export type ExperimentInput = z.input<typeof experimentSchema>;
/** Checked, with ClinicaDL's defaults. */
export type ExperimentFile = z.infer<typeof experimentSchema>;
