/**
 * Transfer learning: weights of a trained network as the starting point of another. The rules are ClinicaDL's: between
 * networks of one family everything travels; between a CNN and an autoencoder the convolutions and the encoder, with
 * the running statistics of their batch norms, while the rest keeps its initial values.
 */

import type { Network } from "../network";
import { lines, type Sentence, sentence, sentenceText } from "../sentence";
import { sameShape } from "../shapes/axes";
import { parameterSpecs } from "./parameters";
import { elementCount, type StateDict, type Tensor, toInt64 } from "./tensor";

export interface Transfer {
  /** State of the target, in its order. Its arrays are copies. */
  readonly state: StateDict;
  readonly report: TransferReport;
}

export interface TransferReport {
  readonly from: Network["family"];
  readonly to: Network["family"];
  /** Tensors of the target that were taken, each with its name in the source. */
  readonly taken: readonly { readonly target: string; readonly source: string }[];
  /** Tensors of the target that keep their initial values. */
  readonly kept: readonly string[];
  /** Tensors of the source that have no place in the target. */
  readonly unused: readonly string[];
}

/** A tensor that should travel and cannot: absent on one side, or of two shapes. */
export interface TransferMismatch {
  readonly target: string;
  readonly source: string;
  /** Undefined where the target has no such tensor. */
  readonly targetShape: readonly number[] | undefined;
  /** Undefined where the source has no such tensor. */
  readonly sourceShape: readonly number[] | undefined;
}

/** The source has another architecture or another input size than the target: every tensor that does not fit. */
export class TransferError extends Error {
  override readonly name = "TransferError";
  /** What is wrong, then a line for each tensor. */
  readonly detail: Sentence;
  readonly remedy =
    sentence`Transfer from a network of the same architecture, input size and number of outputs.`;
  constructor(
    what: Sentence,
    readonly mismatches: readonly TransferMismatch[],
  ) {
    const detail = lines([what, ...mismatches.map(describeMismatch)]);
    super(sentenceText(detail));
    this.detail = detail;
  }
}

/**
 * @param source state dict of the network to start from, by ClinicaDL's names
 * @param target the network to train and its initial state
 * @throws TransferError with all tensors that do not fit, each with both shapes
 */
export function transferState(
  source: StateDict,
  target: { readonly network: Network; readonly state: StateDict },
): Transfer {
  const from = familyOf(source);
  const to = target.network.family;
  const sourceName = namesBetween(to, from);
  const expected = [...target.state.keys()].flatMap((name) => {
    const inSource = sourceName(name);
    return inSource === undefined ? [] : [{ target: name, source: inSource }];
  });
  const expectedSources = new Set(expected.map((pair) => pair.source));
  const targetName = namesBetween(from, to);
  const unexpected = [...source.keys()].flatMap((name) => {
    const inTarget = targetName(name);
    return inTarget === undefined || expectedSources.has(name) ? [] : [{ target: inTarget, source: name }];
  });

  const mismatches = [...expected, ...unexpected]
    .map((pair) => ({
      ...pair,
      targetShape: target.state.get(pair.target)?.shape,
      sourceShape: source.get(pair.source)?.shape,
    }))
    .filter(({ targetShape, sourceShape }) => !fits(targetShape, sourceShape));
  if (mismatches.length > 0)
    throw new TransferError(
      sentence`The ${from} of the transfer does not fit this ${to}: ${mismatches.length} {2|tensor differs|tensors differ}.`,
      mismatches,
    );

  const taken = new Map(expected.map((pair) => [pair.target, pair.source]));
  const state = new Map(
    [...target.state].map(([name, initial]) => {
      const inSource = taken.get(name);
      return [name, copyAs(initial, inSource === undefined ? initial : source.get(inSource)!)];
    }),
  );
  const report: TransferReport = {
    from,
    to,
    taken: expected,
    kept: [...target.state.keys()].filter((name) => !taken.has(name)),
    unused: [...source.keys()].filter((name) => !expectedSources.has(name)),
  };
  return { state, report };
}

/**
 * Names of the parameters that do not learn when only the last layers do: all but the last 2 n parameter tensors, a
 * layer being a weight and a bias. Running statistics are no parameters and always move.
 * @param nbUnfrozenLayers n; 0 freezes nothing, as in ClinicaDL
 */
export function frozenParameters(network: Network, nbUnfrozenLayers: number): Set<string> {
  if (nbUnfrozenLayers === 0) return new Set();
  const names = parameterSpecs(network)
    .filter(({ kind }) => kind === "parameter")
    .map(({ name }) => name);
  return new Set(names.slice(0, Math.max(0, names.length - 2 * nbUnfrozenLayers)));
}

/** The prefixes of a state dict say what it is the state of. */
function familyOf(state: StateDict): Network["family"] {
  const names = [...state.keys()];
  if (names.some((name) => name.startsWith("convolutions."))) return "cnn";
  if (names.some((name) => name.startsWith("encoder."))) return "autoencoder";
  throw new TransferError(
    names.length === 0
      ? sentence`The weights of the transfer are of no known network: they hold nothing.`
      : sentence`The weights of the transfer are of no known network: they hold ${names.slice(0, 3).join(", ")}.`,
    [],
  );
}

const SHARED_PART = { cnn: "convolutions.", autoencoder: "encoder." } as const;

/** Name in a network of the family `other` of a tensor of the family `own`; undefined when it does not travel. */
function namesBetween(
  own: Network["family"],
  other: Network["family"],
): (name: string) => string | undefined {
  if (own === other) return (name) => name;
  const [prefix, replacement] = [SHARED_PART[own], SHARED_PART[other]];
  return (name) => (name.startsWith(prefix) ? replacement + name.slice(prefix.length) : undefined);
}

/** As PyTorch, which takes an array of one number for a counter. */
function fits(target: readonly number[] | undefined, source: readonly number[] | undefined): boolean {
  if (target === undefined || source === undefined) return false;
  return sameShape(target, source) || (target.length === 0 && elementCount(source) === 1);
}

function describeMismatch({ target, source, targetShape, sourceShape }: TransferMismatch): Sentence {
  const describe = (name: string, shape: readonly number[] | undefined) =>
    shape === undefined ? sentence`no ${name}` : `${name} [${shape.join(", ")}]`;
  return sentence`  transfer: ${describe(source, sourceShape)}; this network: ${describe(target, targetShape)}`;
}

/** As torch's copy_: the values of `tensor`, in the target's shape, and in its precision where the precisions differ. */
function copyAs({ dtype, shape }: Tensor, { data }: Tensor): Tensor {
  switch (dtype) {
    case "float32":
      return {
        dtype,
        shape,
        data: data instanceof Float32Array ? data.slice() : Float32Array.from(data, Number),
      };
    case "float64":
      return { dtype, shape, data: Float64Array.from<number | bigint>(data, Number) };
    case "int64":
      return { dtype, shape, data: BigInt64Array.from([...data], toInt64) };
  }
}
