/**
 * A model in a thread of its own. onnxruntime computes in the thread that calls it, so that two models in one thread take turns;
 * hosted ones compute at the same time. What goes to the thread and comes back is copied.
 */
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { FloatTensor, StateDict } from "../../../network/tensor";
import {
  type Batch,
  EngineError,
  type Evaluation,
  type InputBatch,
  type ModelState,
  type Predictor,
  type Saliency,
  type SaliencyPlace,
  type Trainer,
  type UpdateOptions,
} from "../../engine";
import {
  CREATED,
  type HostedModel,
  type HostedPredictorRequest,
  type HostedTrainerRequest,
  type ModelReply,
} from "./modelMessages";

/** Starts a thread with a model that answers. Throws what making the model throws. */
export async function openHostedPredictor(request: HostedPredictorRequest): Promise<Predictor> {
  return new HostedPredictor(await startThread(request));
}

/** Starts a thread with a model that learns. Throws what making the model throws. */
export async function openHostedTrainer(request: HostedTrainerRequest): Promise<Trainer> {
  return new HostedTrainer(await startThread(request));
}

async function startThread(hosted: HostedModel): Promise<ModelThread> {
  const thread = new ModelThread(hosted);
  try {
    await thread.created;
    return thread;
  } catch (error) {
    await thread.end();
    throw error;
  }
}

class HostedPredictor implements Predictor {
  readonly #thread: ModelThread;

  constructor(thread: ModelThread) {
    this.#thread = thread;
  }

  predict(batch: InputBatch): Promise<FloatTensor> {
    return this.#thread.ask("predict", batch);
  }

  saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    return this.#thread.ask("saliency", batch, node, place);
  }

  setWeights(weights: StateDict): Promise<void> {
    return this.#thread.ask("setWeights", weights);
  }

  async dispose(): Promise<void> {
    // A thread that has died has given its memory back already.
    await this.#thread.ask("dispose").catch(() => {});
    await this.#thread.end();
  }
}

class HostedTrainer extends HostedPredictor implements Trainer {
  readonly #thread: ModelThread;

  constructor(thread: ModelThread) {
    super(thread);
    this.#thread = thread;
  }

  accumulate(batch: Batch): Promise<number> {
    return this.#thread.ask("accumulate", batch);
  }

  update(options: UpdateOptions): Promise<void> {
    return this.#thread.ask("update", options);
  }

  gradients(): Promise<StateDict> {
    return this.#thread.ask("gradients");
  }

  evaluate(batch: Batch): Promise<Evaluation> {
    return this.#thread.ask("evaluate", batch);
  }

  state(): Promise<ModelState> {
    return this.#thread.ask("state");
  }

  load(state: ModelState): Promise<void> {
    return this.#thread.ask("load", state);
  }
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

class ModelThread {
  /** Fails with what making the model throws. */
  readonly created: Promise<void>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #calls = CREATED;
  /** Why there is no thread any more. */
  #ended: EngineError | undefined;

  constructor(hosted: HostedModel) {
    this.#worker = new Worker(workerFile(), { workerData: hosted, execArgv: [] });
    this.created = this.#answerTo(CREATED);
    this.#worker.on("message", (reply: ModelReply) => this.#take(reply));
    // An answer that there is no memory for. Nobody would hear of it otherwise, and wait.
    this.#worker.on("messageerror", (error) =>
      this.#fail(`The answer of a model was lost: ${error.message}`),
    );
    this.#worker.on("error", (error) => this.#fail(`The thread of a model failed: ${error.message}`));
    this.#worker.on("exit", () => this.#fail("The thread of a model ended before it had answered."));
  }

  ask<Method extends keyof Trainer>(
    method: Method,
    ...args: Parameters<Trainer[Method]>
  ): Promise<Awaited<ReturnType<Trainer[Method]>>> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    this.#calls += 1;
    const id = this.#calls;
    this.#worker.postMessage({ id, call: { method, args } });
    return this.#answerTo(id);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #answerTo<Answer>(id: number): Promise<Answer> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #take(reply: ModelReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    switch (reply.kind) {
      case "done":
        waiting?.resolve(reply.value);
        return;
      case "failed":
        waiting?.reject(reply.expected ? new EngineError(reply.message) : new Error(reply.message));
    }
  }

  #fail(message: string): void {
    this.#ended ??= new EngineError(message);
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

/** In the bundle both stand in dist/; from the sources (tests), dist/ is four folders up. */
function workerFile(): string {
  const fromSources = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSources ? "../../../../dist/modelWorker.js" : "./modelWorker.js", import.meta.url),
  );
}
