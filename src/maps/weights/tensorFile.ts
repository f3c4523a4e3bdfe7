/** Single tensors on disk, as `torch.save(tensor, path)` writes them: inputs and outputs of a reconstruction, latent codes. */
import { join } from "node:path";
import { refuse } from "../../experiment/problems/makeProblem";
import type { Mode } from "../../experiment/schema/preprocessing";
import type { Tensor } from "../../network/weights/tensor";
import type { ResultsPlace } from "../folder/place";
import { readTorchFile, writeTorchFile } from "./torch/torchFile";
import { isTensor } from "./torch/torchValue";

/** Which input of the network a tensor belongs to. */
export interface TensorKey {
  readonly participantId: string;
  readonly sessionId: string;
  readonly mode: Mode;
  /** 0 in image mode. */
  readonly part: number;
}

/** Where ClinicaDL puts the tensor of a data group. */
export function tensorFile(
  results: ResultsPlace,
  { participantId, sessionId, mode, part }: TensorKey,
  kind: "input" | "output" | "latent",
): string {
  const folder = kind === "latent" ? "latent_tensors" : "tensors";
  const name = `${participantId}_${sessionId}_${mode}-${part}_${kind}.pt`;
  return join(results.folder, folder, name);
}

/** Writes what `torch.load` reads as one tensor. Atomic. */
export async function saveTensor(file: string, tensor: Tensor): Promise<void> {
  await writeTorchFile(file, tensor);
}

/** The tensor of a `.pt` file of PyTorch. Throws an InputError when the file holds anything else. */
export async function loadTensor(file: string): Promise<Tensor> {
  const value = await readTorchFile(file);
  if (!isTensor(value)) throw refuse("weights.no-single-tensor", { file });
  return value;
}
