/** A state dict that comes to an engine: whether it fits the network, and its values. */
import { bracketed, joined, type Sentence, sentence } from "../network/sentence";
import type { ParameterSpec } from "../network/weights/parameters";
import { elementCount, type StateDict, type Tensor } from "../network/weights/tensor";
import { EngineError } from "./engine";

/** @throws EngineError that names every entry of `state` that is missing or of another shape than in `specs` */
export function checkState(specs: readonly ParameterSpec[], state: StateDict): void {
  const problems = specs.flatMap((spec) => misfit(spec, state.get(spec.name)));
  if (problems.length === 0) return;
  throw new EngineError(
    sentence`These weights are not those of this network: ${joined(problems, "; ")}. Take weights that were trained with the same architecture and input size.`,
  );
}

function misfit({ name, shape, dtype }: ParameterSpec, given: Tensor | undefined): Sentence[] {
  if (given === undefined) return [sentence`${name} is missing`];
  // Some writers keep a counter as an array of one number.
  const fits = dtype === "int64" ? elementCount(given.shape) === 1 : given.shape.join() === shape.join();
  if (fits) return [];
  return [sentence`${name} is ${bracketed(given.shape)} and should be ${bracketed(shape)}`];
}

/** As they are, for a copy without a detour: a full-size network has 42 million of them. */
export function floatsOf({ data }: Tensor): Float32Array | Float64Array {
  return data instanceof BigInt64Array ? Float64Array.from(data, Number) : data;
}
