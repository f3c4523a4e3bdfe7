/** A trainer of any engine: what an update is made of, how answers are judged, where the training stands. */
import { sentence } from "../network/sentence";
import type { FloatTensor, StateDict } from "../network/weights/tensor";
import { innerReadsOf, type ObjectiveData } from "../statistics/losses/losses";
import {
  type Batch,
  EngineError,
  type Evaluation,
  type InputBatch,
  type ModelState,
  type Observation,
  type Saliency,
  type SaliencyPlace,
  type Trainer,
  type TrainerOptions,
  type UpdateOptions,
} from "./engine";
import { GradientSum } from "./gradientSum";
import type { Learner } from "./learner";
import { batchWeight, sampleLosses } from "./objective";
import { ParameterGroups } from "./optimizer/parameterGroups";
import { stepOptionsOf } from "./optimizer/stepOptions";

export class EngineTrainer<Gradient> implements Trainer {
  readonly #learner: Learner<Gradient>;
  readonly #objective: ObjectiveData;
  readonly #groups: ParameterGroups;
  readonly #sum: GradientSum<Gradient>;
  #batches = 0;

  constructor(learner: Learner<Gradient>, options: TrainerOptions) {
    this.#learner = learner;
    this.#objective = options.objective;
    this.#groups = new ParameterGroups(options, learner.trainable);
    this.#sum = new GradientSum(learner, options.reduction);
  }

  async accumulate(batch: Batch): Promise<number> {
    const loss = await this.#learner.differentiate(batch, this.#batches, (gradients) =>
      this.#sum.add(gradients, batchWeight(this.#objective, batch)),
    );
    this.#batches++;
    return loss;
  }

  async update(options: UpdateOptions = {}): Promise<void> {
    const { isEmpty, gradients, scale } = this.#sum;
    if (isEmpty)
      throw new EngineError(sentence`There are no gradients: an update follows at least one batch.`);
    await this.#learner.step(gradients, (normOfSums) =>
      stepOptionsOf(options, scale, this.#groups, normOfSums),
    );
    this.#sum.clear();
  }

  async gradients(): Promise<StateDict> {
    const { gradients, scale } = this.#sum;
    const copies = new Map<string, FloatTensor>();
    for (const [name, sum] of gradients) {
      const { data, ...rest } = await this.#learner.read(name, sum);
      copies.set(name, { ...rest, data: data.map((value) => value * scale) });
    }
    return copies;
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    const observation = await this.observe(batch, innerReadsOf(this.#objective));
    const losses = sampleLosses(this.#objective, observation, batch.targets);
    return { outputs: observation.outputs, losses };
  }

  predict(batch: InputBatch): Promise<FloatTensor> {
    return this.#learner.predictor.predict(batch);
  }

  observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    return this.#learner.predictor.observe(batch, inner);
  }

  saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    return this.#learner.predictor.saliency(batch, node, place);
  }

  setWeights(weights: StateDict): Promise<void> {
    return this.#learner.predictor.setWeights(weights);
  }

  async state(): Promise<ModelState> {
    return { ...(await this.#learner.state()), batches: this.#batches };
  }

  async load(state: ModelState): Promise<void> {
    this.#learner.load(state);
    this.#batches = state.batches;
    this.#sum.clear();
  }

  async dispose(): Promise<void> {
    this.#sum.clear();
    await this.#learner.dispose();
  }
}
