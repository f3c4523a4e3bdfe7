/** A step of an optimizer as a kernel: its one formula, written down in WGSL. */
import { type Arithmetic, preparedGradient } from "../../../optimizer/arithmetic";
import type { UpdateRule } from "../../../optimizer/definition";
import { type Kernel, kernel } from "../kernel/kernel";
import { NOT_A_NUMBER } from "../kernel/snippets";

/** Which form the kernel has. */
export interface FormulaForm {
  readonly scaled: boolean;
  readonly limited: boolean;
  readonly decayed: boolean;
  readonly switches: Readonly<Record<string, boolean>>;
}

export const formKey = ({ scaled, limited, decayed, switches }: FormulaForm): string =>
  JSON.stringify([scaled, limited, decayed, switches]);

/** Of the numbers that a kernel takes beside the constants of the formula. */
const SCALE = "gradient_scale";
const LIMIT = "gradient_limit";
const DECAY = "gradient_decay";

export const momentName = (moment: string) => `moment_${moment}`;

/**
 * @param constants names of the numbers that the rule begins a step with
 * @returns takes the numbers of `numbersOf`; its buffers: weights, gradient, and each moment by `momentName`
 */
export function formulaKernel(
  name: string,
  rule: UpdateRule,
  constants: readonly string[],
  form: FormulaForm,
): Kernel {
  const lines: string[] = [];
  const o = writtenArithmetic(lines);
  const moments = Object.keys(rule.moments);
  const number = (field: string) => `shape.${field}`;
  const gradient = preparedGradient(o, "given", "old", {
    ...(form.scaled && { scale: number(SCALE) }),
    ...(form.limited && { limit: number(LIMIT) }),
    ...(form.decayed && { decay: number(DECAY) }),
  });
  const stepped = rule.formula(o, {
    weights: "old",
    gradient,
    moments: Object.fromEntries(moments.map((moment) => [moment, `old_${moment}`])),
    constants: Object.fromEntries(constants.map((constant) => [constant, number(constant)])),
    switches: form.switches,
  });
  return kernel(
    name,
    {
      over: "elements",
      real: [SCALE, LIMIT, DECAY, ...constants],
      buffers: {
        weights: "write f32",
        gradient: "read f32",
        ...Object.fromEntries(moments.map((moment) => [momentName(moment), "write f32" as const])),
      },
      declarations: `${NOT_A_NUMBER}
fn larger(a: f32, b: f32) -> f32 { if (is_nan(a) || is_nan(b)) { return NAN(); } return max(a, b); }
fn smaller(a: f32, b: f32) -> f32 { if (is_nan(a) || is_nan(b)) { return NAN(); } return min(a, b); }`,
    },
    [
      "let old = weights[index];",
      "let given = gradient[index];",
      ...moments.map((moment) => `let old_${moment} = ${momentName(moment)}[index];`),
      ...lines,
      `weights[index] = ${stepped.weights};`,
      ...moments.map((moment) => `${momentName(moment)}[index] = ${stepped.moments[moment]};`),
    ].join("\n"),
  );
}

/** In the order in which the kernel takes them. */
export function numbersOf(
  preparation: { readonly scale: number; readonly limit: number; readonly decay: number },
  constants: readonly number[],
): readonly number[] {
  return [preparation.scale, preparation.limit, preparation.decay, ...constants];
}

/** Operations that write a line each, and answer with the name of the result. */
function writtenArithmetic(lines: string[]): Arithmetic<string> {
  const result = (expression: string): string => {
    const name = `t${lines.length}`;
    lines.push(`let ${name} = ${expression};`);
    return name;
  };
  return {
    constant: literal,
    add: (a, b) => result(`${a} + ${b}`),
    sub: (a, b) => result(`${a} - ${b}`),
    mul: (a, b) => result(`${a} * ${b}`),
    div: (a, b) => result(`${a} / ${b}`),
    max: (a, b) => result(`larger(${a}, ${b})`),
    min: (a, b) => result(`smaller(${a}, ${b})`),
    abs: (a) => result(`abs(${a})`),
    sqrt: (a) => result(`sqrt(${a})`),
  };
}

/** All digits of the float32 that `value` rounds to. */
function literal(value: number): string {
  const text = `${Math.fround(value)}`;
  return `(${text.includes(".") || text.includes("e") ? text : `${text}.0`}f)`;
}
