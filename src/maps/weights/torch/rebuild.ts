/**
 * What the names in a PyTorch pickle mean to us. Each known name has its own few lines here; none is ever looked up or called
 * by name, and any other is refused by its name.
 */

import { sentence } from "../../../network/sentence";
import type { Tensor } from "../../../network/weights/tensor";
import type { PickleAllowance } from "./allowance";
import { isStorageType, Storage } from "./storage";
import { OrderedDict, TorchFileError, type TorchKey, Tuple } from "./torchValue";

/** A class or function that the pickle names. */
export class Global {
  constructor(readonly name: string) {}
}

/** What can stand on the stack of the unpickler: values, and the names and storages that tensors are made of. */
export type Item =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Tensor
  | Tuple<Item>
  | Item[]
  | Map<TorchKey, Item>
  | Global
  | Storage
  | PassedOver;

const KNOWN_NAMES: ReadonlySet<string> = new Set([
  "collections.OrderedDict",
  "torch._utils._rebuild_tensor_v2",
  "torch._utils._rebuild_parameter",
  "torch.Size",
  // Protocol 2 writes bytes as the Latin-1 text of the same codes.
  "_codecs.encode",
  "__builtin__.bytes",
  "builtins.bytes",
]);

/**
 * What numpy's scalars and arrays are made by, in numpy 1 (`core`) and 2 (`_core`): ClinicaDL before 1.0 keeps metrics beside the weights.
 */
const NUMPY_NAMES: ReadonlySet<string> = new Set([
  "numpy.dtype",
  "numpy.ndarray",
  ...["numpy.core", "numpy._core"].flatMap((core) => [
    `${core}.multiarray.scalar`,
    `${core}.multiarray._reconstruct`,
    `${core}.numeric._frombuffer`,
  ]),
]);

/** A scalar, an array or a type of numbers of numpy, which is passed over: Gyrus reads weights. */
export class PassedOver {}

/** As a container holds it: what was passed over is none. */
export const held = (item: Item): Item => (item instanceof PassedOver ? null : item);

export function nameOf(module: string, name: string): Global {
  const full = `${module}.${name}`;
  if (KNOWN_NAMES.has(full) || NUMPY_NAMES.has(full) || (module === "torch" && isStorageType(name)))
    return new Global(full);
  throw new TorchFileError(
    sentence`It contains ${full}, which is not a tensor or a plain container.`,
    sentence`Gyrus reads weights and never runs code. In PyTorch, save the state dict alone: torch.save(model.state_dict(), path).`,
  );
}

/** The value of `callable(*args)`. */
export function rebuild(callable: Item, args: Item, allowance: PickleAllowance): Item {
  if (!(callable instanceof Global) || !(args instanceof Tuple)) throw damaged();
  allowance.container();
  if (NUMPY_NAMES.has(callable.name)) return new PassedOver();
  const [first] = args.items;
  switch (callable.name) {
    case "collections.OrderedDict":
      return first === undefined ? new OrderedDict() : orderedDict(first, allowance);
    case "torch._utils._rebuild_tensor_v2":
      return tensor(args.items);
    case "torch._utils._rebuild_parameter":
      if (!isRebuiltTensor(first)) throw damaged();
      return first;
    case "torch.Size":
      if (!(first instanceof Tuple)) throw damaged();
      return first;
    case "_codecs.encode":
      if (typeof first !== "string") throw damaged();
      allowance.bytes(first.length);
      return new Uint8Array(Buffer.from(first, "latin1"));
    case "__builtin__.bytes":
    case "builtins.bytes":
      if (first !== undefined) throw damaged();
      return new Uint8Array(0);
    default:
      throw damaged();
  }
}

/** `OrderedDict([[key, value], ...])`, as Python 2 wrote it. */
function orderedDict(pairs: Item, allowance: PickleAllowance): OrderedDict<Item> {
  if (!Array.isArray(pairs)) throw damaged();
  allowance.items(pairs.length);
  const dict = new OrderedDict<Item>();
  for (const pair of pairs) {
    const [key, value] = Array.isArray(pair) ? pair : pair instanceof Tuple ? pair.items : [];
    if (key === undefined || value === undefined) throw damaged();
    dict.set(asKey(key), value);
  }
  return dict;
}

/** `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, backward_hooks)` */
function tensor([storage, offset, size, stride]: readonly Item[]): Tensor {
  const shape = sizes(size);
  const strides = sizes(stride);
  if (!(storage instanceof Storage) || !isSize(offset) || shape.length !== strides.length) throw damaged();
  return storage.view(offset, shape, strides);
}

/** PyTorch's own limit. */
const MOST_AXES = 64;

function sizes(item: Item | undefined): number[] {
  if (!(item instanceof Tuple) || item.items.length > MOST_AXES || !item.items.every(isSize)) throw damaged();
  return item.items.filter(isSize);
}

export function isSize(item: Item | undefined): item is number {
  return typeof item === "number" && Number.isSafeInteger(item) && item >= 0;
}

function isRebuiltTensor(item: Item | undefined): item is Tensor {
  return typeof item === "object" && item !== null && "dtype" in item;
}

export function asKey(item: Item | undefined): TorchKey {
  if (item === undefined || (typeof item === "object" && item !== null)) {
    throw new TorchFileError(sentence`It has a dictionary whose keys are not numbers or text.`);
  }
  return item;
}

export const damaged = () => new TorchFileError(sentence`Its pickle does not make sense.`);
