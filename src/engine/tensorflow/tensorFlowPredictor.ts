import { sentence } from "../../network/sentence";
import type { FloatTensor, StateDict } from "../../network/weights/tensor";
import {
  EngineError,
  type InputBatch,
  type Observation,
  type Predictor,
  type Saliency,
  type SaliencyPlace,
} from "../engine";
import { checkInnerOutputs } from "../objective";
import { notANumberWithNaN } from "./device/brokenWeights";
import { toChannelsFirst } from "./device/channelsLast";
import { batchOf, type DeviceNetwork, readAndDispose } from "./device/deviceNetwork";
import { runNetwork, runSequence } from "./forward";
import type { DeviceTensor } from "./library/tensorFlow";

/** A network that answers on the device of TensorFlow.js, where its weights stay. */
export class TensorFlowPredictor implements Predictor {
  readonly #on: DeviceNetwork;

  constructor(on: DeviceNetwork) {
    this.#on = on;
  }

  async predict(batch: InputBatch): Promise<FloatTensor> {
    return (await this.observe(batch, [])).outputs;
  }

  async observe(batch: InputBatch, inner: readonly string[]): Promise<Observation> {
    const { tf, network, values } = this.#on;
    checkInnerOutputs(network, inner);
    return this.#on.computing(batchOf(batch.size), async () => {
      const [answer, ...within] = this.#on.inPass({ mode: "evaluation", differentiated: false }, (pass) => {
        const seen = runNetwork(network, this.#on.image(batch), pass, inner);
        const output = notANumberWithNaN(tf, seen.output, values.tensors.values());
        return [output, ...inner.map((name) => seen.inner.get(name)!)].map((value) =>
          toChannelsFirst(tf, value),
        );
      });
      const outputs = await readAndDispose(answer!);
      const read = new Map<string, FloatTensor>();
      for (const [place, name] of inner.entries()) read.set(name, await readAndDispose(within[place]!));
      return { outputs, inner: read };
    });
  }

  async saliency(batch: InputBatch, node: number, place: SaliencyPlace): Promise<Saliency> {
    const { tf, network } = this.#on;
    if (network.family !== "cnn") {
      throw new EngineError(
        sentence`An autoencoder has no answer to explain: choose a classification or a regression.`,
      );
    }
    const outputs = this.#on.outputShape(batch.size)[1] ?? 0;
    if (!Number.isInteger(node) || node < 0 || node >= outputs) {
      throw new EngineError(
        sentence`There is no output ${node}: the network has ${outputs}, numbered from 0.`,
      );
    }
    const before = place === "input" ? 0 : place.afterConvolutionLayers;
    const { convolutions, fc } = network;
    return this.#on.computing(batchOf(batch.size), async () => {
      const { activations, gradients } = this.#on.inPass(
        { mode: "evaluation", differentiated: true },
        (pass) => {
          const image = this.#on.image(batch);
          const reached = runSequence(convolutions.slice(0, before), "convolutions", image, pass);
          const answer = (features: DeviceTensor) => {
            const last = runSequence(convolutions.slice(before), "convolutions", features, pass);
            return runSequence(fc, "fc", last, pass);
          };
          // TensorFlow.js has no oneHot of a single output, which a regression has.
          const row = Array.from({ length: outputs }, (_, output) => Number(output === node));
          const chosen = tf.tensor2d(Array.from({ length: batch.size }, () => row));
          return {
            activations: toChannelsFirst(tf, reached),
            gradients: toChannelsFirst(tf, tf.grad(answer)(reached, chosen)),
          };
        },
      );
      return { activations: await readAndDispose(activations), gradients: await readAndDispose(gradients) };
    });
  }

  async setWeights(weights: StateDict): Promise<void> {
    this.#on.values.write(weights);
  }

  async dispose(): Promise<void> {
    this.#on.values.dispose();
  }
}
