/**
 * What every engine owes a loss that reads within the network. Where this suite runs, MSELoss reads the code of an autoencoder and
 * L1Loss the features of a CNN (innerLoss.ts).
 */
import { describe, expect, it } from "vitest";
import { type Batch, type Engine, EngineError } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { Network } from "../../../src/network/network";
import { initialState } from "../../../src/network/weights/initialise";
import { elementCount, type StateDict } from "../../../src/network/weights/tensor";
import type { ObjectiveData } from "../../../src/statistics/losses/losses";
import { expectClose, numbersOf } from "./closeness";
import { directionalDerivative, directionLike, innerProduct } from "./finiteDifferences";
import { meanSquare, WEIGHT } from "./innerLoss";
import { floatTensor, spread } from "./layerCases";

const INPUT_SIZE = [1, 4, 5, 6];
const others = { inputSize: INPUT_SIZE, outputSize: 1, dropout: 0, latentSpaceSize: 1 };
const conv = { layer: "Conv", stride: 1, dilation: 1, groups: 1, bias: true } as const;

const cnn = buildNetwork({
  ...others,
  architecture: {
    convolutions: [{ ...conv, out_channels: 2, kernel_size: 1, padding: 0 }],
    fc: [
      { layer: "Flatten" },
      { layer: "Linear", out_features: 3, bias: true },
      { layer: "Tanh" },
      { layer: "Linear", bias: true },
    ],
  },
  task: "regression",
});

const autoencoder = buildNetwork({
  ...others,
  architecture: {
    convolutions: [
      { ...conv, out_channels: 3, kernel_size: 3, padding: 1 },
      { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 },
      { layer: "Sigmoid" },
      { ...conv, out_channels: 2, kernel_size: 2, padding: 0, stride: 2 },
    ],
  },
  task: "reconstruction",
});

interface Reading {
  readonly inner: string;
  readonly network: Network;
  readonly objective: ObjectiveData;
  readonly batch: Batch;
  /** Prefix of the parameters before the inner output, and of those after it. */
  readonly before: string;
  readonly after: string;
}

const image = Float32Array.from(spread(3 * elementCount(INPUT_SIZE), 1));

const READINGS: readonly Reading[] = [
  {
    inner: "features",
    network: cnn,
    objective: { loss: "L1Loss" },
    batch: { size: 3, inputs: { image }, targets: { values: Float32Array.of(0.5, -1, 2) } },
    before: "convolutions.",
    after: "fc.",
  },
  {
    inner: "code",
    network: autoencoder,
    objective: { loss: "MSELoss" },
    batch: { size: 3, inputs: { image }, targets: { values: image } },
    before: "encoder.",
    after: "decoder.",
  },
];

export function describeInnerOutputs(createEngine: () => Promise<Engine>): void {
  const trainerOf = async ({ network, objective }: Reading, frozen: ReadonlySet<string> = new Set()) =>
    (await createEngine()).trainer(network, {
      objective,
      optimizer: { name: "SGD", learningRate: 0.1, weightDecay: 0 },
      weights: initialState(network, 3),
      dropoutSeed: 0,
      frozen,
    });

  it("gives what comes out within a network, beside the answer", async () => {
    const weights = initialState(cnn, 3);
    const predictor = await (await createEngine()).predictor(cnn, weights);
    const batch = { size: 3, inputs: { image } };
    const { outputs, inner } = await predictor.observe(batch, ["features"]);
    expect(outputs).toEqual(await predictor.predict(batch));
    expect((await predictor.observe(batch, [])).inner.size).toBe(0);
    await predictor.dispose();
    const [slopes, offsets] = ["weight", "bias"].map((name) =>
      numbersOf(weights.get(`convolutions.0.${name}`)!),
    );
    const voxels = elementCount(INPUT_SIZE);
    const wanted = [0, 1, 2].flatMap((sample) =>
      [0, 1].flatMap((channel) =>
        [...image.subarray(sample * voxels, (sample + 1) * voxels)].map(
          (value) => slopes![channel]! * value + offsets![channel]!,
        ),
      ),
    );
    expectClose("features", inner.get("features"), floatTensor([3, 2, 4, 5, 6], wanted), 1e-6);
    expect(inner.get("features")!.shape).toEqual([3, 2, 4, 5, 6]);
  });

  it("refuses what does not come out within the network", async () => {
    const [features] = READINGS;
    const wrong = trainerOf({ ...features!, objective: { loss: "MSELoss" } });
    await expect(wrong).rejects.toThrow("Nothing called code comes out within this network");
    const predictor = await (await createEngine()).predictor(cnn, initialState(cnn, 3));
    await expect(predictor.observe({ size: 3, inputs: { image } }, ["answer"])).rejects.toThrow(EngineError);
    await predictor.dispose();
  });

  describe.each(READINGS)("a loss that reads the $inner", (reading) => {
    const { inner: name, network, batch } = reading;

    it("has the value of its formula, in training and for each sample", async () => {
      const model = await trainerOf(reading);
      // In evaluation mode, so that a batch norm makes of each sample what it makes of it alone.
      const { outputs, inner } = await model.observe(batch, [name]);
      const { losses } = await model.evaluate(batch);
      const rowOf = (data: Float32Array, sample: number) =>
        data.subarray((sample * data.length) / 3, ((sample + 1) * data.length) / 3);
      for (const sample of [0, 1, 2]) {
        const [answer, wanted] = [outputs.data, batch.targets.values!].map((data) => rowOf(data, sample));
        const ofAnswer = meanSquare(answer!.map((value, i) => value - wanted![i]!));
        const ofInner = WEIGHT * meanSquare(rowOf(inner.get(name)!.data, sample));
        expect(losses[sample]).toBeCloseTo(ofAnswer + ofInner, 6);
        expect(ofInner).toBeGreaterThan(1e-3);
      }
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / 3;
      if (network === cnn) expect(await model.accumulate(batch)).toBeCloseTo(mean, 6);
      await model.dispose();
    });

    it.each([
      ["all that learns", () => false],
      ["what stands before it", (parameter: string) => parameter.startsWith(reading.after)],
      ["what stands after it", (parameter: string) => parameter.startsWith(reading.before)],
    ] as const)("has the gradient of finite differences, by %s", async (_, isFrozen) => {
      const names = [...initialState(network, 3).keys()];
      const model = await trainerOf(reading, new Set(names.filter(isFrozen)));
      await model.accumulate(batch);
      const gradients: StateDict = await model.gradients();
      expect(gradients.size).toBeGreaterThan(0);
      for (const salt of [1, 2, 3]) {
        const direction = directionLike(gradients, salt);
        const state = initialState(network, 3);
        const { value, uncertainty } = await directionalDerivative(model, batch, state, direction);
        const found = innerProduct(gradients, direction);
        expect(Math.abs(found - value)).toBeLessThan(Math.max(uncertainty, 1e-4 * Math.abs(value)));
      }
      await model.dispose();
    });
  });
}
