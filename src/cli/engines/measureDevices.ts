/** How fast a device trains a standard network and answers with it, beside what it reaches at all. */
import type { Batch, Engine, EngineDescription } from "../../engine/engine";
import { type PlainSpeed, processorSpeed } from "../../engine/plainSpeed";
import { medianSeconds, type Repeating } from "../../engine/repeatedTime";
import type { OpenDevice } from "../../engine/webgpu/device/openDevice";
import { type SweptConvolution, sweepConvolutions } from "../../engine/webgpu/measuring/convolutionSweep";
import { counted } from "../../engine/webgpu/measuring/countedDevice";
import { movedBytes } from "../../engine/webgpu/measuring/movedBytes";
import { plainSpeed } from "../../engine/webgpu/measuring/plainSpeed";
import { createWebGpuEngine } from "../../engine/webgpu/webGpuEngine";
import type { Network } from "../../network/network";
import { operationsOf } from "../../network/shapes/operations";
import { initialState } from "../../network/weights/initialise";
import { RandomGenerator } from "../../network/weights/random";
import { elementCount } from "../../network/weights/tensor";

/** A network with two classes, trained with Adam. */
export interface MeasuredNetwork {
  readonly network: Network;
  readonly batchSize: number;
}

/** Times in seconds, sizes in bytes, speeds a second. */
export interface DeviceFigures extends EngineDescription {
  readonly engine: Engine["name"];
  /** What the system says of a card: "nvidia", and its driver. */
  readonly vendor?: string;
  readonly driver?: string;
  /** Forward, backward and Adam of one batch. */
  readonly step: number;
  readonly answer: number;
  /** Floating point operations of a step, and the bytes of arrays that its kernels read and write; null where nobody counts. */
  readonly operations: number;
  readonly moved: number | null;
  /** The most that the training held on the card. */
  readonly memory: number | null;
  readonly plain: PlainSpeed;
  readonly convolutions?: readonly SweptConvolution[];
}

interface Measuring extends Repeating {
  /** Measures other ways to cut the convolutions, too. */
  readonly tiles?: boolean;
}

/** @param repeating of all measures together */
export async function measureProcessor(
  engine: Engine,
  measured: MeasuredNetwork,
  { seconds, clock }: Measuring,
): Promise<DeviceFigures> {
  const third = { seconds: seconds / 3, clock };
  const { step, answer } = await timesOf(engine, measured, third, async () => {});
  return {
    engine: engine.name,
    ...engine.description,
    step,
    answer,
    operations: operationsOf(measured.network, measured.batchSize).step,
    moved: null,
    memory: null,
    plain: await processorSpeed(engine, third),
  };
}

/** @param open is left open */
export async function measureCard(
  open: OpenDevice,
  measured: MeasuredNetwork,
  { seconds, clock, tiles = false }: Measuring,
): Promise<DeviceFigures> {
  const part = { seconds: seconds / (tiles ? 4 : 3), clock };
  const card = counted(open);
  let moved = 0;
  const engine = createWebGpuEngine(card.open, "fast", (tape) => {
    moved += movedBytes(tape);
  });
  const settled = () => open.device.queue.onSubmittedWorkDone();
  let ofSteps = { moved, memory: 0 };
  const { step, answer } = await timesOf(engine, measured, part, settled, () => {
    ofSteps = { moved, memory: card.peak() };
  });
  const { network, batchSize } = measured;
  const plain = await plainSpeed(open, part);
  return {
    engine: engine.name,
    ...engine.description,
    vendor: open.vendor,
    driver: open.driver,
    step,
    answer,
    operations: operationsOf(network, batchSize).step,
    ...ofSteps,
    plain,
    ...(tiles
      ? { convolutions: await sweepConvolutions(open.device, network, batchSize, { seconds: 0, clock }) }
      : {}),
  };
}

/**
 * @param settled waits until the device is done
 * @param afterSteps asked when the steps were made, and no answer yet
 */
async function timesOf(
  engine: Engine,
  measured: MeasuredNetwork,
  repeating: Repeating,
  settled: () => Promise<unknown>,
  afterSteps?: () => void,
): Promise<Pick<DeviceFigures, "step" | "answer">> {
  const model = await engine.trainer(measured.network, {
    objective: { loss: "CrossEntropyLoss", classes: 2 },
    optimizer: { name: "Adam", learningRate: 1e-4, weightDecay: 1e-4 },
    weights: initialState(measured.network, 0),
    dropoutSeed: 0,
  });
  try {
    const batch = noise(measured);
    const step = await medianSeconds(async () => {
      await model.accumulate(batch);
      await model.update();
      await settled();
    }, repeating);
    afterSteps?.();
    const answer = await medianSeconds(() => model.predict(batch), repeating);
    return { step, answer };
  } finally {
    await model.dispose();
  }
}

function noise({ network, batchSize }: MeasuredNetwork): Batch {
  const random = new RandomGenerator(0);
  const length = batchSize * elementCount(network.inputSize);
  return {
    size: batchSize,
    inputs: { image: Float32Array.from({ length }, () => random.uniformFloat()) },
    targets: { classes: Int32Array.from({ length: batchSize }, (_, place) => place % 2) },
  };
}
