import { sentence } from "../../network/sentence";
import { elementCount, type FloatTensor, type StateDict } from "../../network/weights/tensor";
import {
  EngineError,
  type InputBatch,
  type Observation,
  type Predictor,
  type Saliency,
  type SaliencyPlace,
} from "../engine";
import { checkInnerOutputs } from "../objective";
import { readBuffers } from "./device/buffers";
import { type DeviceNetwork, IMAGE } from "./deviceNetwork";
import { recordNetwork, recordSequence } from "./sequence";
import type { Recorded } from "./tape/replays";
import type { Tape } from "./tape/tape";
import type { Value } from "./tape/value";

/** Arrays that are read after a run, by what they hold. */
interface Reads {
  readonly [name: string]: Kept;
}

interface Kept {
  /** Within the replay. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** Name of the array that holds 1 for the output that is asked about, 0 for the others. */
const CHOSEN = "chosen output";

/** A network that answers on a device, where its weights stay. It does one thing at a time. */
export class WebGpuPredictor implements Predictor {
  readonly #on: DeviceNetwork;

  constructor(on: DeviceNetwork) {
    this.#on = on;
  }

  async predict(batch: InputBatch): Promise<FloatTensor> {
    return (await this.observe(batch, [])).outputs;
  }

  async observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    const { network } = this.#on;
    checkInnerOutputs(network, inner);
    const image = this.#on.imageOf(batch);
    return this.#on.batchOf(batch.size, async () => {
      const recorded = await this.#on.ready(`answer ${batch.size} ${inner.join(" ")}`, (tape): Reads => {
        const pass = this.#on.passOn(tape, { mode: "evaluation" });
        const step = recordNetwork(network, this.#on.imageOn(tape, batch.size), pass);
        return {
          output: kept(tape, step.output, "output"),
          ...Object.fromEntries(
            inner.map((name) => [innerName(name), kept(tape, step.outputs.get(name)!, innerName(name))]),
          ),
        };
      });
      const values = await this.#run(recorded, new Map([[IMAGE, image]]));
      return {
        outputs: values.get("output")!,
        inner: new Map(inner.map((name) => [name, values.get(innerName(name))!])),
      };
    });
  }

  async saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    const { network } = this.#on;
    if (network.family !== "cnn") {
      throw new EngineError(
        sentence`An autoencoder has no answer to explain: choose a classification or a regression.`,
      );
    }
    const [, outputs = 0] = this.#on.outputShape(batch.size);
    if (!Number.isInteger(node) || node < 0 || node >= outputs) {
      throw new EngineError(
        sentence`There is no output ${node}: the network has ${outputs}, numbered from 0.`,
      );
    }
    const image = this.#on.imageOf(batch);
    const before = place === "input" ? 0 : place.afterConvolutionLayers;
    const { convolutions, fc } = network;
    return this.#on.batchOf(batch.size, async () => {
      const recorded = await this.#on.ready(`saliency ${batch.size} ${before}`, (tape): Reads => {
        const pass = this.#on.passOn(tape, { mode: "evaluation", differentiable: true });
        const input = this.#on.imageOn(tape, batch.size);
        const first = recordSequence(convolutions.slice(0, before), "convolutions", input, pass);
        const rest = recordSequence(convolutions.slice(before), "convolutions", first.output, pass);
        const answer = recordSequence(fc, "fc", rest.output, pass);
        const chosen = tape.own(CHOSEN, answer.output.shape);
        const gradient = rest.backward(answer.backward(chosen)())();
        return {
          activations: kept(tape, first.output, "activations"),
          gradients: kept(tape, gradient, "gradients"),
        };
      });
      const chosen = Float32Array.from({ length: batch.size * outputs }, (_, i) =>
        i % outputs === node ? 1 : 0,
      );
      const values = await this.#run(
        recorded,
        new Map([
          [IMAGE, image],
          [CHOSEN, chosen],
        ]),
      );
      return { activations: values.get("activations")!, gradients: values.get("gradients")! };
    });
  }

  async setWeights(weights: StateDict): Promise<void> {
    await this.#on.doing(async () => this.#on.model.write(weights));
  }

  async dispose(): Promise<void> {
    this.#on.dispose();
  }

  async #run(
    { replay, notes }: Recorded<Reads>,
    written: ReadonlyMap<string, Float32Array>,
  ): Promise<ReadonlyMap<string, FloatTensor>> {
    for (const [name, data] of written) replay.write(name, data);
    await replay.run();
    const reads = Object.entries(notes);
    const data = await readBuffers(
      this.#on.computing.device,
      reads.map(([, { name, shape }]) => ({ buffer: replay.own(name), elements: elementCount(shape) })),
    );
    return new Map(
      reads.map(([name, { shape }], place) => [name, { dtype: "float32", shape, data: data[place]! }]),
    );
  }
}

const innerName = (name: string) => `inner ${name}`;

const kept = (tape: Tape, value: Value, name: string): Kept => ({
  name: tape.keep(value, name),
  shape: value.shape,
});
