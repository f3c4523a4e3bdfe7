/** A cursor over the bytes of a pickle (little-endian) that never reads beyond their end. */

import { sentence } from "../../../network/sentence";
import { TorchFileError } from "./torchValue";

const UTF8 = new TextDecoder();

export class PickleReader {
  #position = 0;
  readonly #view: DataView;
  readonly #content: Uint8Array;

  constructor(content: Uint8Array) {
    this.#content = content;

    this.#view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }
  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }
  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }
  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }
  /** As a number: sizes beyond 2^53 are beyond the end of any file. */
  uint64(): number {
    return Number(this.#view.getBigUint64(this.#advance(8), true));
  }
  /** The only number that pickles store big-endian. */
  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  /** A two's complement integer of `length` bytes; a bigint when a number cannot hold it. */
  long(length: number): number | bigint {
    if (length > LONGEST_INTEGER)
      throw new TorchFileError(sentence`It holds a whole number of ${length} bytes.`);
    const digits = Buffer.from(this.bytes(length).reverse()).toString("hex");
    const value = BigInt(`0x0${digits}`);
    const signed = BigInt.asIntN(8 * length, value);
    return Number.isSafeInteger(Number(signed)) ? Number(signed) : signed;
  }

  /** A copy of the next `length` bytes. */
  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#content.slice(start, start + length);
  }

  text(length: number): string {
    const start = this.#advance(length);
    return UTF8.decode(this.#content.subarray(start, start + length));
  }

  latin1(length: number): string {
    return Buffer.from(this.bytes(length)).toString("latin1");
  }

  /** Text up to the next line feed, which is read over. */
  line(): string {
    const end = this.#content.indexOf(0x0a, this.#position);
    if (end < 0) throw truncated();
    const text = this.text(end - this.#position);
    this.#advance(1);
    return text;
  }

  /** Moves on by `length` bytes and returns where they start. */
  #advance(length: number): number {
    const start = this.#position;
    if (start + length > this.#content.byteLength) throw truncated();
    this.#position = start + length;
    return start;
  }
}

/** Bytes. Seeds and counters have 16 at most. */
const LONGEST_INTEGER = 1024;

const truncated = () => new TorchFileError(sentence`Its pickle ends too early.`);
