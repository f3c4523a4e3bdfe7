/**
 * A model in a thread of its own. onnxruntime computes in the thread that calls it, so that two models in one thread take turns;
 * hosted ones compute at the same time. What goes to the thread and comes back is copied.
 */
import { fileURLToPath } from "node:url";
import { WorkerThread } from "../../../messages/workerThread";
import { sentence } from "../../../network/sentence";
import type { FloatTensor, StateDict } from "../../../network/weights/tensor";
import {
  type Batch,
  EngineError,
  type Evaluation,
  type InputBatch,
  type ModelState,
  type Observation,
  type Predictor,
  type Saliency,
  type SaliencyPlace,
  type Trainer,
  type UpdateOptions,
} from "../../engine";
import { refuseTelemetry } from "../telemetry";
import {
  type HostedMethods,
  type HostedModel,
  type HostedPredictorRequest,
  type HostedTrainerRequest,
  type ModelFailure,
  modelErrors,
} from "./modelMessages";

/** Starts a thread with a model that answers. Throws what making the model throws. */
export async function openHostedPredictor(request: HostedPredictorRequest): Promise<Predictor> {
  return new HostedPredictor(await startThread(request));
}

/** Starts a thread with a model that learns. Throws what making the model throws. */
export async function openHostedTrainer(request: HostedTrainerRequest): Promise<Trainer> {
  return new HostedTrainer(await startThread(request));
}

type ModelThread = WorkerThread<HostedMethods, ModelFailure>;

async function startThread(hosted: HostedModel): Promise<ModelThread> {
  refuseTelemetry();
  const thread: ModelThread = new WorkerThread({
    file: workerFile(),
    data: hosted,
    errors: modelErrors,
    ended: (failure) =>
      new EngineError(
        failure === null
          ? sentence`The thread of a model ended before it had answered.`
          : sentence`The thread of a model failed: ${failure}`,
      ),
  });
  try {
    await thread.requests.ask("open", []);
    return thread;
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

class HostedPredictor implements Predictor {
  readonly #thread: ModelThread;

  constructor(thread: ModelThread) {
    this.#thread = thread;
  }

  predict(batch: InputBatch): Promise<FloatTensor> {
    return this.#thread.requests.ask("predict", [batch]);
  }

  observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    return this.#thread.requests.ask("observe", [batch, inner]);
  }

  saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    return this.#thread.requests.ask("saliency", [batch, node, place]);
  }

  setWeights(weights: StateDict): Promise<void> {
    return this.#thread.requests.ask("setWeights", [weights]);
  }

  async dispose(): Promise<void> {
    // A thread that has died has given its memory back already.
    await this.#thread.requests.ask("dispose", []).catch(() => {});
    await this.#thread.terminate();
  }
}

class HostedTrainer extends HostedPredictor implements Trainer {
  readonly #thread: ModelThread;

  constructor(thread: ModelThread) {
    super(thread);
    this.#thread = thread;
  }

  accumulate(batch: Batch): Promise<number> {
    return this.#thread.requests.ask("accumulate", [batch]);
  }

  update(options: UpdateOptions = {}): Promise<void> {
    return this.#thread.requests.ask("update", [options]);
  }

  gradients(): Promise<StateDict> {
    return this.#thread.requests.ask("gradients", []);
  }

  evaluate(batch: Batch): Promise<Evaluation> {
    return this.#thread.requests.ask("evaluate", [batch]);
  }

  state(): Promise<ModelState> {
    return this.#thread.requests.ask("state", []);
  }

  load(state: ModelState): Promise<void> {
    return this.#thread.requests.ask("load", [state]);
  }
}

/** In the bundle both stand in dist/; from the sources (tests), dist/ is four folders up. */
function workerFile(): string {
  const fromSources = import.meta.url.endsWith(".ts");
  return fileURLToPath(
    new URL(fromSources ? "../../../../dist/modelWorker.js" : "./modelWorker.js", import.meta.url),
  );
}
