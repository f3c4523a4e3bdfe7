/**
 * The optimizer on disk: `{optimizer, epoch, name}` with the state dict of torch.optim, in which parameters are numbered in
 * the order of the network (those that learn only).
 */
import { refuse } from "../../experiment/problems/makeProblem";
import type { StateDict, Tensor } from "../../network/weights/tensor";
import type { HyperparameterValue } from "../../optimizer/hyperparameter";
import { completeSettings, type GivenSettings, type OptimizerName } from "../../optimizer/optimizers";
import { epochOf, nameOf, readDict } from "./model";
import { writeTorchFile } from "./torch/torchFile";
import {
  Float,
  isDict,
  isTensor,
  type TorchDict,
  type TorchKey,
  type TorchValue,
  Tuple,
} from "./torch/torchValue";

/** As the engines speak of it: steps made, and per moment (`step`, `exp_avg`, `square_avg`, ...) a tensor for each parameter. */
export interface OptimizerMoments {
  readonly step: number;
  readonly moments: ReadonlyMap<string, StateDict>;
}

export interface SavedOptimizer {
  readonly optimizer: OptimizerMoments;
  readonly learningRate: number;
  readonly epoch: number;
  readonly name: string | null;
}

export interface OptimizerDescription {
  readonly optimizer: OptimizerName;
  /** Those of its hyperparameters that do not have PyTorch's default. */
  readonly hyperparameters?: GivenSettings;
  readonly weightDecay: number;
  /** Names of the parameters that learn, in the order of the network. */
  readonly parameters: readonly string[];
}

/** What torch.optim writes of every optimizer: how it computes, which the state does not depend on. */
const COMMON = { maximize: false, foreach: null, capturable: false, differentiable: false };

/** Writes what `torch.optim.<optimizer>.load_state_dict(torch.load(file)["optimizer"])` reads. Atomic. */
export async function saveOptimizer(
  file: string,
  description: OptimizerDescription,
  saved: SavedOptimizer,
): Promise<void> {
  const { parameters, weightDecay, optimizer, hyperparameters } = description;
  const settings = Object.entries(completeSettings(optimizer, hyperparameters));
  const group: Record<string, TorchValue> = {
    lr: new Float(saved.learningRate),
    ...Object.fromEntries(settings.map(([name, value]) => [name, torchValueOf(value)])),
    weight_decay: new Float(weightDecay),
    ...COMMON,
    params: parameters.map((_, index) => index),
  };
  const state = new Map<TorchKey, TorchValue>();
  for (const [index, parameter] of parameters.entries()) {
    const entry = parameterState(saved.optimizer, parameter);
    if (entry.size > 1) state.set(index, entry);
  }
  const stateDict = new Map<string, TorchValue>([
    ["state", state],
    ["param_groups", [new Map(Object.entries(group))]],
  ]);
  await writeTorchFile(
    file,
    new Map<string, TorchValue>([
      ["optimizer", stateDict],
      ["epoch", saved.epoch],
      ["name", saved.name],
    ]),
  );
}

/** Python writes a whole number as an int unless it is told that it is a float. */
function torchValueOf(value: HyperparameterValue): TorchValue {
  switch (typeof value) {
    case "number":
      return new Float(value);
    case "boolean":
      return value;
    default:
      return new Tuple(value.map((item) => new Float(item)));
  }
}

function parameterState({ step, moments }: OptimizerMoments, parameter: string): Map<string, TorchValue> {
  const entry = new Map<string, TorchValue>([
    ["step", { dtype: "float32", shape: [], data: new Float32Array([step]) }],
  ]);
  for (const [moment, tensors] of moments) {
    const tensor = tensors.get(parameter);
    if (tensor !== undefined) entry.set(moment, tensor);
  }
  return entry;
}

/**
 * Reads what `saveOptimizer`, ClinicaDL or torch.optim wrote. `parameters`: names of the parameters that learn, in the order
 * of the network; their number must be the saved one.
 */
export async function loadOptimizer(file: string, parameters: readonly string[]): Promise<SavedOptimizer> {
  const saved = await readDict(file);
  const optimizer = saved.get("optimizer");
  const state = isDict(optimizer) ? optimizer.get("state") : undefined;
  const groups = isDict(optimizer) ? optimizer.get("param_groups") : undefined;
  const group = Array.isArray(groups) && groups.length === 1 ? groups[0] : undefined;
  const indices = isDict(group) ? group.get("params") : undefined;
  const learningRate = isDict(group) ? group.get("lr") : undefined;
  if (!isDict(state) || typeof learningRate !== "number" || !Array.isArray(indices)) {
    throw refuse("weights.no-optimizer", { file, where: "optimizer" });
  }
  if (indices.length !== parameters.length) {
    throw refuse(
      "weights.other-optimizer",
      { file, where: "optimizer.param_groups" },
      { found: indices.length, expected: parameters.length },
    );
  }
  return {
    optimizer: readMoments(state, indices, parameters),
    learningRate,
    epoch: epochOf(saved),
    name: nameOf(saved),
  };
}

function readMoments(
  state: TorchDict,
  indices: readonly TorchValue[],
  parameters: readonly string[],
): OptimizerMoments {
  let step = 0;
  const moments = new Map<string, Map<string, Tensor>>();
  for (const [position, parameter] of parameters.entries()) {
    const index = indices[position];
    const entry = typeof index === "number" ? state.get(index) : undefined;
    if (!isDict(entry)) continue;
    for (const [moment, value] of withStep(entry)) {
      const tensor = asTensor(value);
      if (tensor === undefined) continue;
      if (moment === "step") step = Math.max(step, Number(tensor.data[0]));
      const name = String(moment);
      const tensors = moments.get(name) ?? new Map<string, Tensor>();
      moments.set(name, tensors.set(parameter, tensor));
    }
  }
  return { step, moments };
}

/** PyTorch's SGD counts no steps: a parameter of which it keeps a direction has made one at least. */
function withStep(entry: TorchDict): TorchDict {
  const kept = [...entry.values()].some(isTensor);
  return kept && !entry.has("step") ? new Map([...entry, ["step", 1]]) : entry;
}

/** Older PyTorch keeps scalars (`step`, NAdam's `mu_product`) as numbers, newer as tensors; an unused buffer is None. */
function asTensor(value: TorchValue): Tensor | undefined {
  if (isTensor(value)) return value;
  return typeof value === "number"
    ? { dtype: "float32", shape: [], data: Float32Array.of(value) }
    : undefined;
}
