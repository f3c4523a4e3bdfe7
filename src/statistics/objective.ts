/**
 * What a network learns: what the labels of its samples become, by which loss answers are compared with it, and what they mean. One
 * object for all that; engines get its data alone, which can go to another thread.
 */
import type { Answer } from "./answer";
import { CLASS_LOSSES, comparesClasses, type ObjectiveData } from "./losses/losses";
import { reconstructionMetrics } from "./metrics/compute";
import type { Task } from "./task";

/** What a loss compares the outputs of a batch with, by name: each reads one of them. */
export interface Targets {
  /** Class codes: [N]. */
  readonly classes?: Int32Array;
  /** Values of the shape of the output; of a reconstruction, what has to come out, which may be the very array of the image. */
  readonly values?: Float32Array;
}

/** What a network saw of one sample, or of several: row-major, [...shape] or [N, ...shape]. */
export interface Seen {
  readonly image: Float32Array;
  /** Of one sample. */
  readonly shape: readonly number[];
}

export interface Objective {
  readonly task: Task;
  readonly data: ObjectiveData;
  /** @param labels numbers of the samples in the tables: class codes or values, of no meaning where the image itself is learned */
  encode(labels: readonly number[], image: Float32Array): Targets;
  /** What `output` of one sample answers, which is `seen`. */
  decode(output: Float32Array, seen: Seen): Answer;
}

type Encoding = Pick<Objective, "encode" | "decode">;

const ENCODINGS: { readonly [T in Task]: (data: ObjectiveData) => Encoding } = {
  classification: (data) => {
    if (!comparesClasses(data)) throw new Error(`${data.loss} compares no classes.`);
    const loss = CLASS_LOSSES[data.loss];
    return {
      encode: (labels) => ({ classes: Int32Array.from(labels) }),
      decode: (output) => ({ kind: "probabilities", probabilities: loss.decode(output) }),
    };
  },
  regression: () => ({
    encode: (labels) => ({ values: Float32Array.from(labels) }),
    decode: (output) => ({ kind: "value", value: output[0]! }),
  }),
  reconstruction: () => ({
    encode: (_, image) => ({ values: image }),
    decode: (output, { image, shape }) => ({
      kind: "reconstruction",
      metrics: reconstructionMetrics({ truth: image, predicted: output, shape }),
    }),
  }),
};

/** @throws Error where classes are learned by a loss that compares none: an experiment with such a loss is refused before */
export function objectiveFor(task: Task, data: ObjectiveData): Objective {
  return { task, data, ...ENCODINGS[task](data) };
}
