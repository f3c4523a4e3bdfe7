/** A compiled graph in onnxruntime. */

import type { InferenceSession, Tensor } from "onnxruntime-node";
import { reasonOf } from "../../messages/reasonOf";
import { type Sentence, sentence } from "../../network/sentence";
import { EngineError } from "../engine";
import { onnxruntime } from "./runtime";

export type Feeds = Readonly<Record<string, Tensor>>;

/** What the outputs of a run hold, by name. */
export type Outputs = ReadonlyMap<string, Float32Array>;

export class GraphSession {
  readonly #session: InferenceSession;
  readonly #batchSize: number;

  private constructor(session: InferenceSession, batchSize: number) {
    this.#session = session;
    this.#batchSize = batchSize;
  }

  /**
   * @param model a graph that was built for batches of `batchSize`
   * @throws EngineError
   */
  static async open(model: Uint8Array, batchSize: number, threads: number): Promise<GraphSession> {
    const creation = onnxruntime().InferenceSession.create(model, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      // The sizes of all tensors are known, but laying them out in one block takes far more memory than giving it back.
      enableMemPattern: false,
      graphOptimizationLevel: "all",
      // Errors reach the user as EngineError.
      logSeverityLevel: 4,
    });
    try {
      return new GraphSession(await creation, batchSize);
    } catch (error) {
      throw new EngineError(explain(error, batchSize), { cause: error });
    }
  }

  /** Runs the graph once. @throws EngineError */
  async run(feeds: Feeds): Promise<Outputs> {
    try {
      const fetched = await this.#session.run(
        Object.fromEntries(this.#session.inputNames.map((name) => [name, feeds[name]!])),
      );
      return new Map(Object.entries(fetched).map(([name, { data }]) => [name, floats(data)]));
    } catch (error) {
      throw new EngineError(explain(error, this.#batchSize), { cause: error });
    }
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/** What failed, for the user. */
function explain(error: unknown, batchSize: number): Sentence {
  const message = reasonOf(error);
  if (/alloc|out of memory/i.test(message)) {
    return sentence`There is not enough memory for a batch of ${batchSize}. Make \`batch_size\` smaller and \`accumulation_steps\` larger by the same factor, or close other programs.`;
  }
  return sentence`onnxruntime could not compute a batch of ${batchSize}: ${message}`;
}

function floats(data: unknown): Float32Array {
  if (data instanceof Float32Array) return data;
  throw new Error("An output of the graph is not float32.");
}
