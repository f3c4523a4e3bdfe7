/** Layers that change each value by itself: y = f(x), dx = f'(x) dy. A NaN stays one, whatever a device makes of it in f. */
import { type Kernel, kernel } from "../kernel/kernel";
import { NOT_A_NUMBER } from "../kernel/snippets";
import type { Pass, Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

type Buffers = { readonly x: "read f32"; readonly y: "write f32" };
type BackBuffers = { readonly kept: "read f32"; readonly dy: "read f32"; readonly dx: "write f32" };

/** @typeParam Option numbers of the layer that the formulas read as `shape.name` */
export interface Activation<Option extends string> {
  readonly forward: Kernel<never, Option, Buffers>;
  readonly backward: Kernel<never, Option, BackBuffers>;
  /** What the way back reads: the input or the output. */
  readonly keeps: "input" | "output";
}

/**
 * @param value expression of `x`: f(x)
 * @param slope expression of `kept` (what `keeps` says): f'(x)
 * @param declarations functions that both use; `is_nan` and `NAN` are there
 */
export function activation<const Option extends string = never>(
  name: string,
  {
    options = [],
    keeps,
    value,
    slope,
    declarations = "",
  }: {
    readonly options?: readonly Option[];
    readonly keeps: "input" | "output";
    readonly value: string;
    readonly slope: string;
    readonly declarations?: string;
  },
): Activation<Option> {
  const functions = `${NOT_A_NUMBER}\n${declarations}`;
  return {
    keeps,
    forward: kernel(
      name,
      {
        over: "elements",
        real: options,
        buffers: { x: "read f32", y: "write f32" },
        declarations: `${functions}\nfn value(x: f32) -> f32 { return ${value}; }`,
      },
      "let given = x[index]; y[index] = select(value(given), given, is_nan(given));",
    ),
    backward: kernel(
      `gradient of ${name}`,
      {
        over: "elements",
        real: options,
        buffers: { kept: "read f32", dy: "read f32", dx: "write f32" },
        declarations: `${functions}\nfn slope(kept: f32) -> f32 { return ${slope}; }`,
      },
      "dx[index] = slope(kept[index]) * dy[index];",
    ),
  };
}

/** @param real the numbers of the layer */
export function recordActivation<Option extends string>(
  { forward, backward, keeps }: Activation<Option>,
  { input, pass }: { readonly input: Value; readonly pass: Pass },
  real: { readonly [Name in Option]: number },
): Step {
  const { tape } = pass;
  const output = pass.like(forward.name, input);
  tape.over(forward, sizeOf(input), { buffers: { x: input, y: output }, whole: {}, real });
  const kept = keeps === "input" ? input : output;
  return {
    output,
    backward: (dy) => () => {
      const dx = pass.like(backward.name, input);
      tape.over(backward, sizeOf(input), { buffers: { kept, dy, dx }, whole: {}, real });
      return dx;
    },
  };
}
