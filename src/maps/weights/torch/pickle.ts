/**
 * Writes values as the pickle of a PyTorch file (protocol 2, with the instructions that PyTorch itself writes, so that
 * `torch.load` opens it with `weights_only=True` as well).
 */
import type { Tensor } from "../../../network/weights/tensor";
import { Opcode } from "./pickleOpcodes";
import { Float, isDict, isTensor, OrderedDict, type TorchValue, Tuple } from "./torchValue";

export interface Pickle {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Numbers of the storages, by key: position in this list. */
  readonly storages: readonly Tensor["data"][];
}

/** Tensors whose `data` is the same memory share a storage in the file. */
export function pickle(value: TorchValue): Pickle {
  const pickler = new Pickler();
  pickler.run(value);
  return { bytes: pickler.bytes(), storages: pickler.storages };
}

const STORAGE_CLASS = { float32: "FloatStorage", float64: "DoubleStorage", int64: "LongStorage" } as const;

class Pickler {
  readonly storages: Tensor["data"][] = [];
  /** Key of each storage by its memory: buffer, then offset and length in bytes. */
  readonly #keys = new Map<ArrayBufferLike, Map<string, number>>();
  /** Names and texts that are repeated, and their place in the memo. */
  readonly #memo = new Map<string, number>();
  #buffer = Buffer.alloc(4096);
  #length = 0;

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#buffer.subarray(0, this.#length);
  }

  run(value: TorchValue): void {
    this.#write(Opcode.proto, 2);
    this.#value(value);
    this.#write(Opcode.stop);
  }

  #value(value: TorchValue): void {
    if (value === null) this.#write(Opcode.none);
    else if (typeof value === "boolean") this.#write(value ? Opcode.newTrue : Opcode.newFalse);
    else if (typeof value === "bigint") this.#integer(value);
    else if (typeof value === "number")
      Number.isSafeInteger(value) ? this.#integer(BigInt(value)) : this.#float(value);
    else if (typeof value === "string") this.#text(value);
    else if (value instanceof Float) this.#float(value.value);
    else if (value instanceof Uint8Array) this.#bytes(value);
    else if (value instanceof Tuple) this.#tuple(value.items, (item) => this.#value(item));
    else if (isDict(value)) this.#dict(value);
    else if (isTensor(value)) this.#tensor(value);
    else this.#list(value);
  }

  #integer(value: bigint): void {
    if (value >= 0n && value < 256n) {
      this.#write(Opcode.binInt1, Number(value));
      return;
    }
    if (value >= 0n && value < 65536n) {
      this.#write(Opcode.binInt2);
      const start = this.#reserve(2);
      this.#buffer.writeUInt16LE(Number(value), start);
      return;
    }
    if (BigInt.asIntN(32, value) === value) {
      this.#write(Opcode.binInt);
      const start = this.#reserve(4);
      this.#buffer.writeInt32LE(Number(value), start);
      return;
    }
    if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} does not fit 64 bits`);
    this.#write(Opcode.long1, 8);
    const start = this.#reserve(8);
    this.#buffer.writeBigInt64LE(value, start);
  }

  #float(value: number): void {
    this.#write(Opcode.binFloat);
    const start = this.#reserve(8);
    this.#buffer.writeDoubleBE(value, start);
  }

  #text(value: string): void {
    const bytes = Buffer.from(value, "utf8");
    this.#write(Opcode.binUnicode);
    const start = this.#reserve(4 + bytes.length);
    this.#buffer.writeUInt32LE(bytes.length, start);
    bytes.copy(this.#buffer, start + 4);
  }

  #bytes(value: Uint8Array): void {
    this.#name("_codecs", "encode");
    this.#tuple([Buffer.from(value).toString("latin1"), "latin1"], (item) => this.#text(item));
    this.#write(Opcode.reduce);
  }

  #tuple<Item>(items: readonly Item[], write: (item: Item) => void): void {
    const short = [Opcode.emptyTuple, Opcode.tuple1, Opcode.tuple2, Opcode.tuple3][items.length];
    if (short === undefined) this.#write(Opcode.mark);
    for (const item of items) write(item);
    this.#write(short ?? Opcode.tuple);
  }

  #list(items: readonly TorchValue[]): void {
    this.#write(Opcode.emptyList, Opcode.mark);
    for (const item of items) this.#value(item);
    this.#write(Opcode.appends);
  }

  #dict(dict: ReadonlyMap<TorchValue, TorchValue>): void {
    if (dict instanceof OrderedDict) this.#emptyOrderedDict();
    else this.#write(Opcode.emptyDict);
    this.#write(Opcode.mark);
    for (const [key, value] of dict) {
      this.#value(key);
      this.#value(value);
    }
    this.#write(Opcode.setItems);
  }

  #emptyOrderedDict(): void {
    this.#name("collections", "OrderedDict");
    this.#write(Opcode.emptyTuple, Opcode.reduce);
  }

  /** `_rebuild_tensor_v2(storage, 0, shape, strides, requires_grad=False, backward_hooks=OrderedDict())` */
  #tensor(tensor: Tensor): void {
    const strides = tensor.shape.map((_, axis) => tensor.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    this.#name("torch._utils", "_rebuild_tensor_v2");
    this.#write(Opcode.mark);
    this.#storage(tensor);
    this.#value(0);
    this.#value(new Tuple(tensor.shape));
    this.#value(new Tuple(strides));
    this.#value(false);
    this.#emptyOrderedDict();
    this.#write(Opcode.tuple, Opcode.reduce);
  }

  #storage(tensor: Tensor): void {
    this.#write(Opcode.mark);
    this.#repeated("storage", () => this.#text("storage"));
    this.#name("torch", STORAGE_CLASS[tensor.dtype]);
    this.#text(String(this.#key(tensor.data)));
    this.#repeated("cpu", () => this.#text("cpu"));
    this.#value(tensor.data.length);
    this.#write(Opcode.tuple, Opcode.binPersistentId);
  }

  #key(data: Tensor["data"]): number {
    const keys = this.#keys.get(data.buffer) ?? new Map<string, number>();
    this.#keys.set(data.buffer, keys);
    const place = `${data.constructor.name} ${data.byteOffset} ${data.byteLength}`;
    const key = keys.get(place) ?? this.storages.push(data) - 1;
    keys.set(place, key);
    return key;
  }

  #name(module: string, name: string): void {
    this.#repeated(`${module}.${name}`, () => {
      this.#write(Opcode.global);
      const line = Buffer.from(`${module}\n${name}\n`);
      const start = this.#reserve(line.length);
      line.copy(this.#buffer, start);
    });
  }

  #repeated(key: string, write: () => void): void {
    const place = this.#memo.get(key);
    if (place !== undefined) {
      this.#write(Opcode.binGet, place);
    } else {
      write();
      this.#write(Opcode.binPut, this.#memo.size);
      this.#memo.set(key, this.#memo.size);
    }
  }

  #write(...bytes: number[]): void {
    const start = this.#reserve(bytes.length);
    this.#buffer.set(bytes, start);
  }

  /** Makes room for `length` more bytes and returns where they start. Called before `#buffer` is named: it may be exchanged here. */
  #reserve(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#buffer.length) {
      this.#buffer = Buffer.concat([this.#buffer, Buffer.alloc(this.#length + this.#buffer.length)]);
    }
    return start;
  }
}
