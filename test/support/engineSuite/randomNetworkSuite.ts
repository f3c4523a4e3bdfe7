/** Random networks, against the plain formulation of the engine on the processor and against finite differences. */
import { describe, expect, it } from "vitest";
import type { Batch, Engine, Trainer, TrainerOptions } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { LAYERS } from "../../../src/network/layer";
import type { Network } from "../../../src/network/network";
import { traceShapes } from "../../../src/network/shapes/shape";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount, type StateDict } from "../../../src/network/weights/tensor";
import { expectClose, magnitude } from "./closeness";
import { directionalDerivative, directionLike, innerProduct } from "./finiteDifferences";
import { spread } from "./layerCases";
import { BATCH_SIZE, type RandomNetwork, randomNetwork } from "./randomNetwork";

const NETWORKS = Array.from({ length: 30 }, (_, seed) => ({ seed, ...randomNetwork(seed) }));

/** Two orders of the same sums in float32, through a few layers whose norms may enlarge what rounding left. */
const TOLERANCE = 1e-4;
/** A gradient that is small beside others of the same network, or 0, has their rounding errors. */
const SMALLEST_SCALE = 1e-2;

export function describeRandomNetworks(createEngine: () => Promise<Engine>): void {
  describe("random networks", () => {
    it("have layers of every kind, with and without kinks", () => {
      const kinds = new Set(NETWORKS.flatMap((network) => [...network.kinds]));
      expect([...kinds].sort()).toEqual(Object.keys(LAYERS).sort());
      expect(NETWORKS.filter(({ smooth }) => smooth).length).toBeGreaterThan(5);
    });

    it.each(NETWORKS)("compute as on the processor: number $seed", async (random) => {
      const wanted = await passOf(await createOnnxEngine({ threads: 1, formulation: "plain" }), random);
      const actual = await passOf(await createEngine(), random);
      expect(Math.abs(actual.loss / wanted.loss - 1)).toBeLessThan(TOLERANCE);
      expect([...actual.gradients.keys()].sort()).toEqual([...wanted.gradients.keys()].sort());
      const scale = SMALLEST_SCALE * Math.max(...[...wanted.gradients.values()].map(magnitude));
      for (const [name, gradient] of wanted.gradients)
        expectClose(`gradient of ${name}`, actual.gradients.get(name), gradient, TOLERANCE, scale);
      for (const [name, tensor] of wanted.parameters)
        expectClose(name, actual.parameters.get(name), tensor, TOLERANCE);
      expectClose("outputs", actual.outputs, wanted.outputs, TOLERANCE);
    });

    it.each(NETWORKS.filter(({ smooth }) => smooth))(
      "have the gradient that finite differences show: number $seed",
      async (random) => {
        const { model, batch, weights } = await trainerOf(await createEngine(), random);
        await model.accumulate(batch);
        const gradients = await model.gradients();
        const direction = shortened(directionLike(gradients, random.seed));
        const slope = await directionalDerivative(model, batch, weights, direction);
        const wanted = innerProduct(gradients, direction);
        await model.dispose();
        const message = `the loss rises by ${slope.value}, the gradient says ${wanted}`;
        expect(Math.abs(slope.value - wanted), message).toBeLessThan(slope.uncertainty);
        expect(slope.uncertainty, "the difference is exact enough to tell").toBeLessThan(0.05);
      },
    );
  });
}

/** By all parameters at once a network with norms curves sharply: nearer by, differences are exact enough. */
const shortened = (direction: ReadonlyMap<string, Float32Array>) =>
  new Map([...direction].map(([name, step]) => [name, step.map((value) => value / 4)]));

/** What a batch makes of a network in training, and what it answers after. */
async function passOf(engine: Engine, random: RandomNetwork) {
  const { model, batch } = await trainerOf(engine, random);
  const loss = await model.accumulate(batch);
  const gradients = await model.gradients();
  const { parameters } = await model.state();
  const { outputs } = await model.evaluate(batch);
  await model.dispose();
  return { loss, gradients, parameters, outputs };
}

async function trainerOf(
  engine: Engine,
  { network, task }: RandomNetwork,
): Promise<{ readonly model: Trainer; readonly batch: Batch; readonly weights: StateDict }> {
  const [answers] = outputOf(network);
  const objective: TrainerOptions["objective"] =
    task === "classification" ? { loss: "CrossEntropyLoss", classes: answers! } : { loss: "MSELoss" };
  const weights = initialState(network, 7);
  const model = await engine.trainer(network, {
    objective,
    optimizer: { name: "Adam", learningRate: 1e-3, weightDecay: 0 },
    weights,
    dropoutSeed: 3,
  });
  const image = Float32Array.from(spread(BATCH_SIZE * elementCount(network.inputSize), 5));
  const values = task === "reconstruction" ? image : Float32Array.of(0.5, -1, 2);
  const classes = Int32Array.from({ length: BATCH_SIZE }, (_, place) => place % answers!);
  return { model, batch: { size: BATCH_SIZE, inputs: { image }, targets: { classes, values } }, weights };
}

const outputOf = (network: Network): readonly number[] => traceShapes(network).at(-1)!.output;
