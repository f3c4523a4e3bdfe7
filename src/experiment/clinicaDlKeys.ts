/**
 * Keys of ClinicaDL's maps.json that are not in the schema: those that older versions named otherwise, and those for which
 * Gyrus has no use.
 */
import { preprocessingSchema } from "./preprocessing";
import type { Problem } from "./problem";

type Json = Readonly<Record<string, unknown>>;

/** ClinicaDL renamed these between versions 0 and 1; `use_cpu` and `nondeterministic` also turned around. */
const RENAMED: ReadonlyMap<string, { readonly name: string; readonly negated?: true }> = new Map([
  ["model", { name: "architecture" }],
  ["multi", { name: "multi_network" }],
  ["minmaxnormalization", { name: "normalize" }],
  ["num_workers", { name: "n_proc" }],
  ["use_cpu", { name: "gpu", negated: true }],
  ["nondeterministic", { name: "deterministic", negated: true }],
]);

/** What a key that Gyrus does not use asks for, when its value asks for something. */
interface Unused {
  readonly asks: (value: unknown) => boolean;
  readonly severity: Problem["severity"];
  readonly message: string;
  readonly remedy: string;
}

const isTrue = (value: unknown) => value === true;
const isNamed = (value: unknown) => typeof value === "string" && value !== "";

const UNUSED: ReadonlyMap<string, Unused> = new Map([
  [
    "ssda_network",
    {
      asks: isTrue,
      severity: "error",
      message: "Domain adaptation (ssda_network) is not available.",
      remedy: "Set it to false.",
    },
  ],
  [
    "amp",
    {
      asks: isTrue,
      severity: "warning",
      message: "Mixed precision (amp) is not available: the run computes in float32.",
      remedy: "Nothing to do.",
    },
  ],
  [
    "fully_sharded_data_parallel",
    {
      asks: isTrue,
      severity: "warning",
      message: "Sharding over several GPUs is not available: the run uses one device.",
      remedy: "Nothing to do.",
    },
  ],
  [
    "profiler",
    {
      asks: isTrue,
      severity: "warning",
      message: "The PyTorch profiler is not available.",
      remedy: "The event log of the run holds the duration of each batch.",
    },
  ],
  [
    "track_exp",
    {
      asks: isNamed,
      severity: "warning",
      message: "Runs are not sent to a tracking service.",
      remedy: "The training panel and the event log show the run.",
    },
  ],
  [
    "emissions_calculator",
    {
      asks: isTrue,
      severity: "warning",
      message: "Emissions are not calculated.",
      remedy: "Nothing to do.",
    },
  ],
]);

/** Known to ClinicaDL and without effect here: settings of other networks, and facts that Gyrus works out again. */
const SILENT: readonly string[] = [
  "$schema",
  "gpu",
  "deterministic",
  "compensation",
  "feature_size",
  "n_conv",
  "io_layer_channels",
  "recons_weight",
  "kl_weight",
  "normalization",
  "use_extracted_features",
  "caps_target",
  "tsv_target_lab",
  "tsv_target_unlab",
  "preprocessing_dict_target",
  "mode",
  "validation",
  "num_networks",
  "input_size",
  "output_size",
  // Gyrus's own fact: the version that wrote a maps.json.
  "gyrus_version",
];

export function isClinicaDlKey(key: string): boolean {
  return UNUSED.has(key) || SILENT.includes(key);
}

/** Problems of keys that Gyrus does not use but whose value asks for something. */
export function unusedKeyProblems(json: Json, file: string): Problem[] {
  return Object.entries(json).flatMap(([key, value]) => {
    const unused = UNUSED.get(key);
    if (unused === undefined || !unused.asks(value)) return [];
    const { severity, message, remedy } = unused;
    return [{ severity, file, where: key, message, remedy }];
  });
}

/**
 * The same experiment with today's keys: renamed ones, `preprocessing_dict` from the flat keys of older versions, the mode
 * that stands beside it, null for "default", and `gpu: false` as a choice of engine.
 */
export function withCurrentKeys(json: Json): Json {
  const current: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(json)) {
    const renamed = RENAMED.get(key);
    if (renamed === undefined) current[key] = value;
    else if (!(renamed.name in json)) current[renamed.name] = renamed.negated ? !value : value;
  }
  if (current.loss === null) delete current.loss;
  if (current.gpu === false && current.engine === undefined) current.engine = "onnx";
  return current.preprocessing_json === undefined ? withPreprocessing(current) : current;
}

function withPreprocessing(json: Json): Json {
  const { preprocessing_dict: given, mode } = json;
  if (given === undefined) {
    const entries = Object.entries(json);
    const flat = entries.filter(([key]) => key in preprocessingSchema.shape);
    const rest = entries.filter(([key]) => !(key in preprocessingSchema.shape));
    return { ...Object.fromEntries(rest), preprocessing_dict: Object.fromEntries(flat) };
  }
  if (mode === undefined || !isRecord(given) || given.mode !== undefined) return json;
  return { ...json, preprocessing_dict: { ...given, mode } };
}

export function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
