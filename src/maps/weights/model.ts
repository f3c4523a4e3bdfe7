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

/** Weights that Gyrus or any version of ClinicaDL saved. Throws an InputError when the file is something else. */
export async function loadModel(file: string): Promise<SavedModel> {
  const saved = await readDict(file);
  const model = saved.get("model");
  if (!isDict(model)) throw refuse("weights.no-state-dict", { file, where: "model" });
  const state = new Map<string, Tensor>();
  for (const [key, tensor] of model) {
    if (!isTensor(tensor)) throw refuse("weights.not-a-tensor", { file, where: `model.${key}` });
    state.set(String(key), tensor);
  }
  return { state, epoch: epochOf(saved), name: nameOf(saved) };
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
