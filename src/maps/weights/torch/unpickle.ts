/**
 * Reads the pickle inside a PyTorch file. A pickle is a program for a stack machine; this machine runs only the part of it
 * that builds plain containers and tensors.
 */

import { sentence } from "../../../network/sentence";
import { PickleAllowance } from "./allowance";
import { Opcode } from "./pickleOpcodes";
import { PickleReader } from "./pickleReader";
import { asKey, damaged, Global, held, type Item, isSize, nameOf, PassedOver, rebuild } from "./rebuild";
import { Storage } from "./storage";
import { OrderedDict, TorchFileError, type TorchValue, Tuple } from "./torchValue";

/** Gives the storage that a pickle refers to: its class in `torch`, the key of its record, its number of elements. */
export type FindStorage = (typeName: string, key: string, length: number) => Storage;

/** The value of a pickle. Throws a TorchFileError for what is damaged and for what is not tensors and plain containers. */
export function unpickle(bytes: Uint8Array, findStorage: FindStorage): TorchValue {
  const value: unknown = new Unpickler(bytes, findStorage).run();
  assertPlain(value);
  return value;
}

class Unpickler {
  #stack: Item[] = [];
  /** Stacks put aside by MARK. */
  readonly #below: Item[][] = [];
  readonly #memo = new Map<number, Item>();
  readonly #reader: PickleReader;
  readonly #allowance: PickleAllowance;
  readonly #findStorage: FindStorage;

  constructor(bytes: Uint8Array, findStorage: FindStorage) {
    this.#reader = new PickleReader(bytes);
    this.#allowance = new PickleAllowance(bytes.length);
    this.#findStorage = findStorage;
  }

  run(): Item {
    for (;;) {
      const opcode = this.#reader.uint8();
      if (opcode === Opcode.stop) return held(this.#pop());
      if (this.#scalar(opcode) || this.#container(opcode) || this.#object(opcode) || this.#memory(opcode))
        continue;
      throw new TorchFileError(
        sentence`Its pickle uses the instruction 0x${opcode.toString(16).padStart(2, "0")}, which tensors and plain containers do not need.`,
        sentence`In PyTorch, save the state dict alone: torch.save(model.state_dict(), path).`,
      );
    }
  }

  #scalar(opcode: number): boolean {
    const reader = this.#reader;
    switch (opcode) {
      case Opcode.none:
        return this.#push(null);
      case Opcode.newTrue:
        return this.#push(true);
      case Opcode.newFalse:
        return this.#push(false);
      case Opcode.binInt:
        return this.#push(reader.int32());
      case Opcode.binInt1:
        return this.#push(reader.uint8());
      case Opcode.binInt2:
        return this.#push(reader.uint16());
      case Opcode.long1:
        return this.#push(reader.long(reader.uint8()));
      case Opcode.long4:
        return this.#push(reader.long(reader.uint32()));
      case Opcode.binFloat:
        return this.#push(reader.float64());
      case Opcode.shortBinUnicode:
        return this.#push(reader.text(reader.uint8()));
      case Opcode.binUnicode:
        return this.#push(reader.text(reader.uint32()));
      case Opcode.binUnicode8:
        return this.#push(reader.text(reader.uint64()));
      case Opcode.shortBinString:
        return this.#push(reader.latin1(reader.uint8()));
      case Opcode.binString:
        return this.#push(reader.latin1(reader.uint32()));
      case Opcode.shortBinBytes:
        return this.#make(reader.bytes(reader.uint8()));
      case Opcode.binBytes:
        return this.#make(reader.bytes(reader.uint32()));
      case Opcode.binBytes8:
      case Opcode.byteArray8:
        return this.#make(reader.bytes(reader.uint64()));
      default:
        return false;
    }
  }

  #container(opcode: number): boolean {
    switch (opcode) {
      case Opcode.mark:
        this.#allowance.container();
        this.#below.push(this.#stack);
        this.#stack = [];
        return true;
      case Opcode.emptyTuple:
        return this.#make(new Tuple([]));
      case Opcode.tuple1:
      case Opcode.tuple2:
      case Opcode.tuple3:
        return this.#make(new Tuple(this.#popMany(opcode - Opcode.tuple1 + 1).map(held)));
      case Opcode.tuple:
        return this.#make(new Tuple(this.#popToMark().map(held)));
      case Opcode.emptyList:
        return this.#make([]);
      case Opcode.append:
        return this.#append(this.#popMany(1));
      case Opcode.appends:
        return this.#append(this.#popToMark());
      case Opcode.emptyDict:
        return this.#make(new Map());
      case Opcode.setItem:
        return this.#setItems(this.#popMany(2));
      case Opcode.setItems:
        return this.#setItems(this.#popToMark());
      default:
        return false;
    }
  }

  #object(opcode: number): boolean {
    const reader = this.#reader;
    switch (opcode) {
      case Opcode.global:
        return this.#push(nameOf(reader.line(), reader.line()));
      case Opcode.stackGlobal: {
        const [module, name] = this.#popMany(2);
        if (typeof module !== "string" || typeof name !== "string") throw damaged();
        return this.#push(nameOf(module, name));
      }
      case Opcode.binPersistentId:
        return this.#push(this.#storage(this.#pop()));
      case Opcode.reduce: {
        const args = this.#pop();
        return this.#push(rebuild(this.#pop(), args, this.#allowance));
      }
      case Opcode.build:
        // Attributes of a state dict (`_metadata`, the versions of its modules), and what numpy's values hold: neither is read.
        this.#pop();
        if (!hasState(this.#stack.at(-1))) throw damaged();
        return true;
      default:
        return false;
    }
  }

  #memory(opcode: number): boolean {
    const reader = this.#reader;
    switch (opcode) {
      case Opcode.proto:
        reader.uint8();
        return true;
      case Opcode.frame:
        reader.uint64();
        return true;
      case Opcode.pop:
        this.#pop();
        return true;
      case Opcode.binPut:
        return this.#remember(reader.uint8());
      case Opcode.longBinPut:
        return this.#remember(reader.uint32());
      case Opcode.memoize:
        return this.#remember(this.#memo.size);
      case Opcode.binGet:
        return this.#recall(reader.uint8());
      case Opcode.longBinGet:
        return this.#recall(reader.uint32());
      default:
        return false;
    }
  }

  /** `("storage", torch.FloatStorage, "0", "cpu", 216)` */
  #storage(id: Item): Storage {
    const [kind, type, key, , length] = id instanceof Tuple ? id.items : [];
    const known = kind === "storage" && type instanceof Global && typeof key === "string" && isSize(length);
    if (!known) throw damaged();
    return this.#findStorage(type.name.replace(/^torch\./, ""), key, length);
  }

  #append(items: readonly Item[]): true {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) throw damaged();
    for (const item of items) list.push(held(item));
    return true;
  }

  #setItems(items: readonly Item[]): true {
    const dict = this.#stack.at(-1);
    if (!(dict instanceof Map) || items.length % 2 !== 0) throw damaged();
    for (let i = 0; i < items.length; i += 2) dict.set(asKey(items[i]), held(items[i + 1]!));
    return true;
  }

  #remember(index: number): true {
    const item = this.#stack.at(-1);
    if (item === undefined) throw damaged();
    this.#memo.set(index, item);
    return true;
  }

  #recall(index: number): true {
    const item = this.#memo.get(index);
    if (item === undefined) throw damaged();
    return this.#push(item);
  }

  /** Pushes what takes memory of its own, however small it is. */
  #make(item: Item): true {
    this.#allowance.container();
    return this.#push(item);
  }

  #push(item: Item): true {
    this.#stack.push(item);
    return true;
  }

  #pop(): Item {
    const item = this.#stack.pop();
    if (item === undefined) throw damaged();
    return item;
  }

  #popMany(count: number): Item[] {
    if (this.#stack.length < count) throw damaged();
    return this.#stack.splice(-count, count);
  }

  #popToMark(): Item[] {
    const items = this.#stack;
    const below = this.#below.pop();
    if (below === undefined) throw damaged();
    this.#stack = below;
    return items;
  }
}

const hasState = (item: Item | undefined) => item instanceof OrderedDict || item instanceof PassedOver;

const DEEPEST = 100;

/** No name or storage is left over in the value, and no container holds itself. */
function assertPlain(
  value: unknown,
  around: readonly unknown[] = [],
  seen = new Set<unknown>(),
): asserts value is TorchValue {
  if (typeof value !== "object" || value === null) return;
  if (
    value instanceof Global ||
    value instanceof Storage ||
    around.includes(value) ||
    around.length > DEEPEST
  ) {
    throw damaged();
  }
  if (seen.has(value)) return;
  const children = value instanceof Map ? [...value.values()] : value instanceof Tuple ? value.items : value;
  if (Array.isArray(children)) {
    const path = [...around, value];
    for (const child of children) assertPlain(child, path, seen);
  }
  seen.add(value);
}
