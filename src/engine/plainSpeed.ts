/** What a device reaches with the plainest of work in float32, the measure for a step of training. */
import { buildNetwork } from "../network/building/build";
import { initialState } from "../network/weights/initialise";
import type { Engine } from "./engine";
import { medianSeconds, type Repeating } from "./repeatedTime";

export interface PlainSpeed {
  /** Floating point operations a second of a product of matrices. */
  readonly operations: number;
  /** Bytes a second of a copy, those read and those written. */
  readonly bytes: number;
}

/** Side of the matrices. */
const SIDE = 1024;
/** Bytes of a copied array: beyond the caches. */
const COPIED = 1 << 26;

/** Of the processor: a linear layer by the threads of its engine, and a copy by one thread. */
export async function processorSpeed(processor: Engine, { seconds, clock }: Repeating): Promise<PlainSpeed> {
  const network = buildNetwork({
    architecture: { convolutions: [], fc: [{ layer: "Flatten" }, { layer: "Linear", bias: false }] },
    inputSize: [1, SIDE / 32, 32],
    outputSize: SIDE,
    dropout: 0,
    latentSpaceSize: 1,
    task: "classification",
  });
  const predictor = await processor.predictor(network, initialState(network, 0));
  const batch = { size: SIDE, inputs: { image: new Float32Array(SIDE * SIDE).fill(0.5) } };
  const half = { seconds: seconds / 2, clock };
  try {
    const product = await medianSeconds(() => predictor.predict(batch), half);
    const [from, to] = [new Uint8Array(COPIED).fill(1), new Uint8Array(COPIED)];
    const copy = await medianSeconds(async () => to.set(from), half);
    return { operations: (2 * SIDE ** 3) / product, bytes: (2 * COPIED) / copy };
  } finally {
    await predictor.dispose();
  }
}
