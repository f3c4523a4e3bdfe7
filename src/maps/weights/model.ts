/** Weights on disk: `{model, epoch, name}`, the dictionary that ClinicaDL saves as model.pth.tar and checkpoint.pth.tar. */
import { refuse } from "../../experiment/problems/makeProblem";
import { linkAtomically } from "../../files/atomicFile";
import type { StateDict, Tensor } from "../../network/weights/tensor";
import { readTorchFile, writeTorchFile } from "./torch/torchFile";
import { isDict, isTensor, OrderedDict, type TorchDict, type TorchValue } from "./torch/torchValue";

export interface SavedModel {
  readonly state: StateDict;
  /** Epoch after which the weights were saved, from 0. */
  readonly epoch: number;
  /** Architecture; null in files of ClinicaDL before 1.0, which do not say. */
  readonly name: string | null;
}

/** Writes the weights so that ClinicaDL and `torch.load` open them. `copies`: further names for the same file. Atomic. */
export async function saveModel(
  file: string,
  { state, epoch, name }: SavedModel,
  copies: readonly string[] = [],
): Promise<void> {
  await writeTorchFile(
    file,
    new Map<string, TorchValue>([
      ["model", new OrderedDict<TorchValue>(state)],
      ["epoch", epoch],
      ["name", name],
    ]),
  );
  for (const copy of copies) await linkAtomically(file, copy);
}

/**
 * Weights that Gyrus or any version of ClinicaDL saved, or that PyTorch has: a state dict alone, or under one of the usual names. Prefixes
 * that wrappers of a network put before all names are taken away. Throws an InputError when the file is something else.
 */
export async function loadModel(file: string): Promise<SavedModel> {
  const saved = await readDict(file);
  const model = stateDictIn(saved);
  if (model === undefined) throw refuse("weights.no-state-dict", { file, where: "model" });
  const state = new Map<string, Tensor>();
  for (const [key, tensor] of model) {
    if (!isTensor(tensor)) throw refuse("weights.not-a-tensor", { file, where: `model.${key}` });
    state.set(String(key), tensor);
  }
  return { state: withoutWrapper(state), epoch: epochOf(saved), name: nameOf(saved) };
}

/** ClinicaDL's name, those of PyTorch's tutorials, that of Lightning. */
const NAMES_OF_STATE = ["model", "model_state_dict", "state_dict"] as const;

function stateDictIn(saved: TorchDict): TorchDict | undefined {
  for (const name of NAMES_OF_STATE) {
    const under = saved.get(name);
    if (isDict(under)) return under;
  }
  // What torch.save(model.state_dict(), path) writes.
  return saved.size > 0 && [...saved.values()].every(isTensor) ? saved : undefined;
}

/** `DataParallel` and `DistributedDataParallel` begin every name with `module.`, `torch.compile` with `_orig_mod.`. */
const WRAPPERS = ["module.", "_orig_mod."] as const;

function withoutWrapper(state: StateDict): StateDict {
  const wrapper = WRAPPERS.find(
    (prefix) => state.size > 0 && [...state.keys()].every((name) => name.startsWith(prefix)),
  );
  if (wrapper === undefined) return state;
  return withoutWrapper(new Map([...state].map(([name, tensor]) => [name.slice(wrapper.length), tensor])));
}

/** A file of torch.save that holds a dictionary. */
export async function readDict(file: string): Promise<TorchDict> {
  const value = await readTorchFile(file);
  if (!isDict(value)) throw refuse("weights.no-dictionary", { file });
  return value;
}

/** 0 when the file does not say. */
export function epochOf(saved: TorchDict): number {
  const epoch = saved.get("epoch");
  return typeof epoch === "number" ? epoch : 0;
}

export function nameOf(saved: TorchDict): string | null {
  const name = saved.get("name");
  return typeof name === "string" ? name : null;
}
