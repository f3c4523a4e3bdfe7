/**
 * What a PyTorch file holds, as far as Gyrus reads and writes it:
 * dict -> Map, OrderedDict -> OrderedDict, list -> array, tuple and torch.Size -> Tuple, bytes -> Uint8Array,
 * int and float -> number (bigint beyond 2^53), tensor and parameter -> Tensor.
 */
import { type Sentence, sentence, sentenceText } from "../../../network/sentence";
import type { Tensor } from "../../../network/weights/tensor";

export type TorchValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Float
  | Tensor
  | Tuple<TorchValue>
  | readonly TorchValue[]
  | TorchDict;

export type TorchKey = null | boolean | number | bigint | string;
export type TorchDict = ReadonlyMap<TorchKey, TorchValue>;

/** Python's collections.OrderedDict, which PyTorch uses for state dicts. */
export class OrderedDict<Item = TorchValue> extends Map<TorchKey, Item> {}

/** Python's tuple. */
export class Tuple<Item = TorchValue> {
  constructor(readonly items: readonly Item[]) {}
}

/** A number to be written as a Python float even when it has no decimals. Never read: a float is read as a number. */
export class Float {
  constructor(readonly value: number) {}
}

export function isTensor(value: TorchValue | undefined): value is Tensor {
  return typeof value === "object" && value !== null && "dtype" in value;
}

export function isDict(value: TorchValue | undefined): value is TorchDict {
  return value instanceof Map;
}

/** Why a file cannot be read; torchFile.ts adds which file it was. */
export class TorchFileError extends Error {
  override readonly name = "TorchFileError";
  constructor(
    readonly detail: Sentence,
    readonly remedy = sentence`The file is damaged: copy it again, or save it again.`,
  ) {
    super(sentenceText(detail));
  }
}
