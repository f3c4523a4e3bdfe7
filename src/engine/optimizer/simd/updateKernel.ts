/**
 * The formula of an optimizer as a loop over vectors of four floats. The formula is run once, on variables instead of numbers:
 * what it does with them is the code of the loop.
 */
import { type Arithmetic, preparedGradient } from "../../../optimizer/arithmetic";
import type { UpdateRule } from "../../../optimizer/definition";
import { FunctionCode, type Local } from "./functionCode";
import { type Code, f32, f32x4, i32 } from "./instructions";

/** What a kernel is made for; its numbers are given to it at each call. */
export interface UpdateForm {
  /** Names of the constants of a step, in the order of the arguments. */
  readonly constants: readonly string[];
  readonly switches: Readonly<Record<string, boolean>>;
  /** Whether gradients are clipped by value. */
  readonly clips: boolean;
}

/**
 * (weights, gradient, ...moments: pointers; count of floats; scale, decay; limit if it clips; ...constants).
 * It works on whole vectors: what follows an array up to the next multiple of four floats is changed too.
 */
export function updateKernel(rule: UpdateRule, { constants, switches, clips }: UpdateForm): FunctionCode {
  const moments = Object.keys(rule.moments);
  const pointers = ["weights", "gradient", ...moments];
  const numbers = ["scale", "decay", ...(clips ? ["limit"] : []), ...constants];
  const written = new FunctionCode(
    ...pointers.map(() => "i32" as const),
    "i32",
    ...numbers.map(() => "f32" as const),
  );
  const count = written.parameters[pointers.length]!;
  const splats = written.parameters
    .slice(pointers.length + 1)
    .map(({ value }) => written.keep("v128", f32x4.splat(value)));
  const [scale, decay, ...others] = splats;
  const preparation = { scale: scale!, decay: decay!, ...(clips && { limit: others[0]! }) };
  const given = clips ? others.slice(1) : others;

  const end = written.keep("i32", vectorBytes(count.value));
  const at = written.keep("i32", i32.constant(0));
  const o = vectorArithmetic(written);
  written.forEach(at, end.value, i32.constant(16), () => {
    const address = (pointer: Local) => i32.add(pointer.value, at.value);
    const [weights, gradient, ...loaded] = pointers.map((_, index) =>
      written.keep("v128", f32x4.load(address(written.parameters[index]!))),
    );
    const stepped = rule.formula(o, {
      weights: weights!,
      gradient: preparedGradient(o, gradient!, weights!, preparation),
      moments: named(moments, loaded),
      constants: named(constants, given),
      switches,
    });
    moments.forEach((name, slot) => {
      written.run(f32x4.store(address(written.parameters[2 + slot]!), stepped.moments[name]!.value));
    });
    written.run(f32x4.store(address(written.parameters[0]!), stepped.weights.value));
  });
  return written;
}

/** What an operation makes of variables is a new variable. */
function vectorArithmetic(written: FunctionCode): Arithmetic<Local> {
  const known = new Map<number, Local>();
  const unary = (operation: (a: Code) => Code) => (a: Local) => written.keep("v128", operation(a.value));
  const binary = (operation: (a: Code, b: Code) => Code) => (a: Local, b: Local) =>
    written.keep("v128", operation(a.value, b.value));
  return {
    constant(value) {
      const local = known.get(value) ?? written.keepFromBeginning("v128", f32x4.splat(f32.constant(value)));
      known.set(value, local);
      return local;
    },
    add: binary(f32x4.add),
    sub: binary(f32x4.sub),
    mul: binary(f32x4.mul),
    div: binary(f32x4.div),
    max: binary(f32x4.max),
    min: binary(f32x4.min),
    abs: unary(f32x4.abs),
    sqrt: unary(f32x4.sqrt),
  };
}

/** Bytes of the whole vectors that hold `count` floats. */
export function vectorBytes(count: Code): Code {
  const vectors = i32.and(i32.add(count, i32.constant(3)), i32.constant(-4));
  return i32.shiftLeft(vectors, i32.constant(2));
}

function named<T>(names: readonly string[], values: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name, index) => [name, values[index]!]));
}
