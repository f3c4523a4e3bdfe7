/** The state of an optimizer under PyTorch's names, and back. */
import type { FloatTensor, Tensor } from "../../network/tensor";
import { EngineError, type OptimizerState } from "../engine";
import type { UpdateRule } from "./rules/updateRule";

/** Of a parameter that has made a step, beside its moments. */
export interface Progress {
  /** Steps made: as in PyTorch each parameter counts its own. */
  step: number;
  /** In the order of the rule's `initialScalars`. */
  readonly scalars: Float32Array;
}

export interface SavedParameter extends Progress {
  readonly name: string;
  readonly shape: readonly number[];
  /** In the order of the rule. */
  readonly moments: readonly Float32Array[];
}

/** Like PyTorch's, only of the parameters that have made a step; the arrays become part of the state. */
export function encodeState(
  rule: UpdateRule,
  step: number,
  parameters: Iterable<SavedParameter>,
): OptimizerState {
  const moments = new Map<string, Map<string, FloatTensor>>();
  const put = (moment: string, parameter: string, shape: readonly number[], data: Float32Array): void => {
    const tensors = moments.get(moment) ?? new Map<string, FloatTensor>();
    moments.set(moment, tensors.set(parameter, { dtype: "float32", shape, data }));
  };
  for (const parameter of parameters) {
    put("step", parameter.name, [], Float32Array.of(parameter.step));
    scalarNames(rule).forEach((scalar, i) => {
      put(scalar, parameter.name, [], parameter.scalars.slice(i, i + 1));
    });
    rule.moments.forEach((moment, slot) => {
      put(moment, parameter.name, parameter.shape, parameter.moments[slot]!);
    });
  }
  return { step, moments };
}

/**
 * What `state` holds of each parameter; the moments are those of `state`, not copies.
 * @param shapeOf shape of a parameter that is trained, undefined for any other name
 * @throws EngineError if `state` is of another optimizer or of other parameters
 */
export function decodeState(
  rule: UpdateRule,
  state: OptimizerState,
  shapeOf: (name: string) => readonly number[] | undefined,
): SavedParameter[] {
  const scalars = scalarNames(rule);
  const expected = ["step", ...scalars, ...rule.moments];
  const parameters = state.moments.get("step") ?? new Map<string, Tensor>();
  for (const [moment, tensors] of state.moments) {
    if (!expected.includes(moment)) throw mismatch(`has ${moment}, which this optimizer does not keep`);
    for (const name of tensors.keys())
      if (!parameters.has(name)) throw mismatch(`has ${moment} of ${name} but not its step`);
  }
  return [...parameters.keys()].map((name) => {
    const shape = shapeOf(name);
    if (shape === undefined) throw mismatch(`is of ${name}, which is not trained here`);
    const number = (scalar: string) => savedTensor(state, scalar, name, [])[0]!;
    return {
      name,
      shape,
      step: number("step"),
      scalars: Float32Array.from(scalars, number),
      moments: rule.moments.map((moment) => savedTensor(state, moment, name, shape)),
    };
  });
}

function scalarNames(rule: UpdateRule): string[] {
  return Object.keys(rule.initialScalars(0));
}

function savedTensor(
  state: OptimizerState,
  moment: string,
  name: string,
  shape: readonly number[],
): Float32Array {
  const tensor = state.moments.get(moment)?.get(name);
  if (tensor === undefined) throw mismatch(`has no ${moment} of ${name}`);
  if (tensor.dtype !== "float32" || tensor.shape.join() !== shape.join())
    throw mismatch(
      `has ${moment} of ${name} as ${tensor.dtype} [${tensor.shape.join(", ")}] instead of float32 [${shape.join(", ")}]`,
    );
  return tensor.data;
}

const mismatch = (what: string) =>
  new EngineError(
    `The saved optimizer state ${what}. Go on with the network and the optimizer it was saved with.`,
  );
