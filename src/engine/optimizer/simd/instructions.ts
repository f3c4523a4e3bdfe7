/**
 * Instructions of WebAssembly (https://webassembly.github.io/spec/core/binary), as much of them as the kernels take. An
 * expression is the code that leaves its value on the stack; names are those of the specification.
 */
export type Code = readonly number[];

export type ValueType = "i32" | "f32" | "v128";

export const VALUE_TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** A number of 0 or more in LEB128. */
export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** A whole number of 32 bits in LEB128. */
function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}

const unary =
  (...operation: readonly number[]) =>
  (a: Code): Code => [...a, ...operation];
const binary =
  (...operation: readonly number[]) =>
  (a: Code, b: Code): Code => [...a, ...b, ...operation];

/** Operations on vectors have this prefix. */
const vector = (operation: number) => [0xfd, ...unsigned(operation)];

/** An access to the memory at `address` + `offset` bytes; `alignment` is the power of two that it promises. */
const access = (alignment: number, offset: number) => [alignment, ...unsigned(offset)];

export const i32 = {
  constant: (value: number): Code => [0x41, ...signed(value)],
  add: binary(0x6a),
  mul: binary(0x6c),
  and: binary(0x71),
  shiftLeft: binary(0x74),
  /** Whether a < b as unsigned numbers. */
  isBelow: binary(0x49),
};

export const f32 = {
  constant: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer)],
  add: binary(0x92),
  mul: binary(0x94),
  load: (address: Code): Code => [...address, 0x2a, ...access(2, 0)],
  store: (address: Code, value: Code): Code => [...address, ...value, 0x38, ...access(2, 0)],
};

/** Vectors of four floats. */
export const f32x4 = {
  splat: unary(...vector(0x13)),
  add: binary(...vector(0xe4)),
  sub: binary(...vector(0xe5)),
  mul: binary(...vector(0xe6)),
  div: binary(...vector(0xe7)),
  min: binary(...vector(0xe8)),
  max: binary(...vector(0xe9)),
  abs: unary(...vector(0xe0)),
  sqrt: unary(...vector(0xe3)),
  /** All bits of a lane where a < b. */
  lessThan: binary(...vector(0x43)),
  /** The bits of a that are not in b. */
  andNot: binary(...vector(0x4f)),
  load: (address: Code): Code => [...address, ...vector(0x00), ...access(4, 0)],
  /** One float in all lanes. */
  loadSplat: (address: Code, offset: number): Code => [...address, ...vector(0x09), ...access(2, offset)],
  store: (address: Code, value: Code): Code => [...address, ...value, ...vector(0x0b), ...access(4, 0)],
};

/** The type of a block that leaves nothing. */
const EMPTY = 0x40;
/** Ends a block or a function. */
export const END = 0x0b;

export const control = {
  when: (condition: Code, then: Code): Code => [...condition, 0x04, EMPTY, ...then, END],
  /** `body`, and again as long as `again` holds after it. */
  loop: (body: Code, again: Code): Code => [0x03, EMPTY, ...body, ...again, 0x0d, 0, END],
};
