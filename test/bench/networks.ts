/** Rows of the bench: a step of training (forward, backward, Adam) and an inference, of a CNN and its autoencoder. */
import { chooseEngine } from "../../src/cli/engines/chooseEngine";
import { engineFolders } from "../../src/cli/engines/engineFolders";
import type { Batch, Engine, Trainer } from "../../src/engine/engine";
import { createWebGpuEngine } from "../../src/engine/webgpu/webGpuEngine";
import { buildNetwork } from "../../src/network/building/build";
import { initialState } from "../../src/network/weights/initialise";
import { RandomGenerator } from "../../src/network/weights/random";
import { elementCount } from "../../src/network/weights/tensor";
import type { ObjectiveData } from "../../src/statistics/losses/losses";
import { openSoftwareDevice } from "../support/webGpu";
import { compete, type NetworkContest } from "./contestant";

const SIZES = [
  { batchSize: 8, inputSize: [1, 50, 50, 50] },
  { batchSize: 2, inputSize: [1, 169, 208, 179] },
] as const;

export function networkContests(threads: number): NetworkContest[] {
  return SIZES.flatMap((size) =>
    (["Conv5_FC3", "AE_Conv5_FC3"] as const).flatMap((architecture) =>
      (["training", "inference"] as const).map((task) => ({
        group: "network" as const,
        task,
        architecture,
        threads,
        ...size,
      })),
    ),
  );
}

export const networkTitle = ({ task, architecture, inputSize, batchSize }: NetworkContest): string =>
  `${architecture}, ${task === "training" ? "training step" : "inference"}, ${batchSize} x ${inputSize.join("x")}`;

/** What takes part in a contest. */
export interface Model {
  readonly model: Trainer;
  readonly batch: Batch;
}

/** An engine by its name, or a software card, with which `auto` and users do not compute. */
export type BenchEngine = Engine["name"] | "software-card";

async function engineOf(name: BenchEngine, threads: number, device: string | undefined): Promise<Engine> {
  if (name === "software-card") return createWebGpuEngine(await openSoftwareDevice());
  return await chooseEngine(name, { threads, folders: engineFolders(), device });
}

/** The network of `contest` in the engine `name`, with a batch of noise. @param device which card */
export async function networkOf(
  { architecture, inputSize, batchSize, threads }: Omit<NetworkContest, "group" | "task">,
  name: BenchEngine,
  device?: string,
): Promise<Model> {
  const isAutoencoder = architecture === "AE_Conv5_FC3";
  const network = buildNetwork({
    architecture,
    inputSize,
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    task: isAutoencoder ? "reconstruction" : "classification",
  });
  const objective: ObjectiveData = isAutoencoder
    ? { loss: "MSELoss" }
    : { loss: "CrossEntropyLoss", classes: 2 };
  const engine = await engineOf(name, threads, device);
  const model = await engine.trainer(network, {
    objective,
    optimizer: { name: "Adam", learningRate: 1e-4, weightDecay: 1e-4 },
    weights: initialState(network, 0),
    dropoutSeed: 0,
  });
  const random = new RandomGenerator(0);
  const image = Float32Array.from({ length: batchSize * elementCount(inputSize) }, () =>
    random.uniformFloat(),
  );
  const batch: Batch = {
    size: batchSize,
    inputs: { image },
    targets: isAutoencoder
      ? { values: image }
      : { classes: Int32Array.from({ length: batchSize }, (_, index) => index % 2) },
  };
  return { model, batch };
}

/** Takes part in `contest` as Gyrus does it with the engine `name`. */
export async function competeWithNetwork(
  contest: NetworkContest,
  name: BenchEngine,
  device?: string,
): Promise<void> {
  const { model, batch } = await networkOf(contest, name, device);
  await compete(async () => {
    if (contest.task === "inference") {
      await model.predict(batch);
      return;
    }
    await model.accumulate(batch);
    await model.update();
  });
  await model.dispose();
}
