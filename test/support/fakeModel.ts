/**
 * A model small enough to follow by hand: one weight, logits [w m, -w m] for an input of mean m, gradient = mean of the inputs of
 * an update, plain gradient descent. It writes down what it is asked to do.
 */
import type {
  Batch,
  Evaluation,
  InputBatch,
  ModelState,
  Observation,
  Saliency,
  Trainer,
  UpdateOptions,
} from "../../src/engine/engine";
import type { FloatTensor } from "../../src/network/weights/tensor";

export interface FakeScript {
  /** Loss of the n-th accumulated batch, from 0. Default: 1. */
  readonly trainingLoss?: (batch: number) => number;
  /** Loss of every sample in evaluation after `updates` weight updates. Default: 1 / (1 + updates). */
  readonly evaluationLoss?: (updates: number) => number;
  /** Called with each line of `calls` when it happens. */
  readonly onCall?: (call: string) => void;
}

export class FakeModel implements Trainer {
  readonly calls: string[] = [];
  weight = 0;
  private gradient = 0;
  private samples = 0;
  private batches = 0;
  private updates = 0;

  constructor(private readonly script: FakeScript = {}) {}

  async accumulate(batch: Batch): Promise<number> {
    this.note(`accumulate ${[...batch.inputs.image].join(" ")}`);
    this.gradient += batch.size * mean(batch.inputs.image);
    this.samples += batch.size;
    const loss = this.script.trainingLoss?.(this.batches) ?? 1;
    this.batches += 1;
    return loss;
  }

  async update({ rates = [0.1], clip }: UpdateOptions = {}): Promise<void> {
    if (this.samples === 0) throw new Error("nothing accumulated");
    this.weight = Math.fround(this.weight - rates[0]! * (this.gradient / this.samples));
    const clipped = clip === undefined ? "" : ` clipped to ${JSON.stringify(clip)}`;
    this.note(`update by ${this.samples}${clipped}`);
    this.gradient = 0;
    this.samples = 0;
    this.updates += 1;
  }

  async gradients(): Promise<ModelState["parameters"]> {
    return new Map([["fc.weight", scalar(this.gradient / this.samples)]]);
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    this.note(`evaluate ${[...batch.inputs.image].join(" ")}`);
    const loss = this.script.evaluationLoss?.(this.updates) ?? 1 / (1 + this.updates);
    return { outputs: await this.predict(batch), losses: new Float32Array(batch.size).fill(loss) };
  }

  async predict({ size, inputs: { image } }: InputBatch): Promise<FloatTensor> {
    const width = image.length / size;
    const data = Float32Array.from({ length: 2 * size }, (_, i) => {
      const sample = Math.floor(i / 2);
      const logit = this.weight * mean(image.subarray(sample * width, (sample + 1) * width));
      return i % 2 === 0 ? logit : -logit;
    });
    return { dtype: "float32", shape: [size, 2], data };
  }

  async observe(batch: InputBatch): Promise<Observation> {
    return { outputs: await this.predict(batch), inner: new Map() };
  }

  async saliency(): Promise<Saliency> {
    throw new Error("not asked for in these tests");
  }

  async setWeights(weights: ModelState["parameters"]): Promise<void> {
    this.weight = Number(weights.get("fc.weight")?.data[0]);
  }

  async state(): Promise<ModelState> {
    const optimizer = { step: this.updates, moments: new Map() };
    return { parameters: new Map([["fc.weight", scalar(this.weight)]]), optimizer, batches: this.batches };
  }

  async load(state: ModelState): Promise<void> {
    await this.setWeights(state.parameters);
    this.updates = state.optimizer.step;
    this.batches = state.batches;
  }

  async dispose(): Promise<void> {}

  private note(call: string): void {
    this.calls.push(call);
    this.script.onCall?.(call);
  }
}

function scalar(value: number): FloatTensor {
  return { dtype: "float32", shape: [1], data: new Float32Array([value]) };
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
