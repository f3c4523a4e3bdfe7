/** The state of an optimizer under PyTorch's names, and back. */
import { bracketed, type Sentence, sentence } from "../../network/sentence";
import type { FloatTensor, Tensor } from "../../network/weights/tensor";
import { EngineError, type OptimizerState } from "../engine";

/** What an optimizer keeps of a parameter, by PyTorch's names. */
export interface KeptState {
  readonly scalars: readonly string[];
  readonly moments: readonly string[];
}

/** Of a parameter that has made a step, beside its moments. */
export interface Progress {
  /** Steps made: as in PyTorch each parameter counts its own. */
  readonly step: number;
  /** By PyTorch's names; float32, as PyTorch keeps them. */
  readonly scalars: Readonly<Record<string, number>>;
}

export interface SavedParameter extends Progress {
  readonly name: string;
  readonly shape: readonly number[];
  /** In the order of `KeptState.moments`. */
  readonly moments: readonly Float32Array[];
}

/** Like PyTorch's, only of the parameters that have made a step; the arrays become part of the state. */
export function encodeState(
  kept: KeptState,
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
    for (const scalar of kept.scalars)
      put(scalar, parameter.name, [], Float32Array.of(parameter.scalars[scalar]!));
    kept.moments.forEach((moment, slot) => {
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
  kept: KeptState,
  state: OptimizerState,
  shapeOf: (name: string) => readonly number[] | undefined,
): SavedParameter[] {
  const expected = ["step", ...kept.scalars, ...kept.moments];
  const parameters = state.moments.get("step") ?? new Map<string, Tensor>();
  for (const [moment, tensors] of state.moments) {
    if (!expected.includes(moment))
      throw mismatch(sentence`has ${moment}, which this optimizer does not keep`);
    for (const name of tensors.keys())
      if (!parameters.has(name)) throw mismatch(sentence`has ${moment} of ${name} but not its step`);
  }
  return [...parameters.keys()].map((name) => {
    const shape = shapeOf(name);
    if (shape === undefined) throw mismatch(sentence`is of ${name}, which is not trained here`);
    const number = (scalar: string) => savedTensor(state, scalar, name, [])[0]!;
    return {
      name,
      shape,
      step: number("step"),
      scalars: Object.fromEntries(kept.scalars.map((scalar) => [scalar, number(scalar)])),
      moments: kept.moments.map((moment) => savedTensor(state, moment, name, shape)),
    };
  });
}

function savedTensor(
  state: OptimizerState,
  moment: string,
  name: string,
  shape: readonly number[],
): Float32Array {
  const tensor = state.moments.get(moment)?.get(name);
  if (tensor === undefined) throw mismatch(sentence`has no ${moment} of ${name}`);
  if (tensor.dtype !== "float32" || tensor.shape.join() !== shape.join())
    throw mismatch(
      sentence`has ${moment} of ${name} as ${tensor.dtype} ${bracketed(tensor.shape)} instead of float32 ${bracketed(shape)}`,
    );
  return tensor.data;
}

const mismatch = (what: Sentence) =>
  new EngineError(
    sentence`The saved optimizer state ${what}. Go on with the network and the optimizer it was saved with.`,
  );
