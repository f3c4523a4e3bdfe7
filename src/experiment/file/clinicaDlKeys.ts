/**
 * Keys of ClinicaDL's maps.json that are not in the schema: those that older versions named otherwise, and those for which
 * Gyrus has no use.
 */

import { type ProblemPlace, problem, warning } from "../problems/makeProblem";
import type { Problem } from "../problems/problem";
import { preprocessingSchema } from "../schema/preprocessing";

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
  readonly problem: (place: ProblemPlace) => Problem;
}

const isTrue = (value: unknown) => value === true;
const isNamed = (value: unknown) => typeof value === "string" && value !== "";

const UNUSED: ReadonlyMap<string, Unused> = new Map([
  ["ssda_network", { asks: isTrue, problem: (place) => problem("clinicadl.domain-adaptation", place) }],
  ["amp", { asks: isTrue, problem: (place) => warning("clinicadl.mixed-precision", place) }],
  ["fully_sharded_data_parallel", { asks: isTrue, problem: (place) => warning("clinicadl.sharding", place) }],
  ["profiler", { asks: isTrue, problem: (place) => warning("clinicadl.profiler", place) }],
  ["track_exp", { asks: isNamed, problem: (place) => warning("clinicadl.tracking", place) }],
  ["emissions_calculator", { asks: isTrue, problem: (place) => warning("clinicadl.emissions", place) }],
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
  // Gyrus's own facts in a maps.json: the version that wrote it, and what ClinicaDL cannot do with it.
  "gyrus_version",
  "clinicadl",
];

export function isClinicaDlKey(key: string): boolean {
  return UNUSED.has(key) || SILENT.includes(key);
}

/** Problems of keys that Gyrus does not use but whose value asks for something. */
export function unusedKeyProblems(json: Json, file: string): Problem[] {
  return Object.entries(json).flatMap(([key, value]) => {
    const unused = UNUSED.get(key);
    return unused?.asks(value) ? [unused.problem({ file, where: key })] : [];
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
