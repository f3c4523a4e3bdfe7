/** What every engine owes the training: accumulation, updates, running statistics, dropout, resuming, refusals. */
import { describe, expect, it } from "vitest";
import {
  type Batch,
  type Engine,
  EngineError,
  type Trainer,
  type TrainerOptions,
} from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { Cnn, Network } from "../../../src/network/network";
import { initialState } from "../../../src/network/weights/initialise";
import { parameterSpecs } from "../../../src/network/weights/parameters";
import { elementCount, type StateDict } from "../../../src/network/weights/tensor";
import { expectClose, numbersOf } from "./closeness";
import { floatTensor, INPUT_PARAMETER, modelOf, spread, transposed } from "./layerCases";

const CLASSES = { loss: "CrossEntropyLoss", classes: 2 } as const;
const SGD = { name: "SGD", learningRate: 0.5, weightDecay: 0 } as const;
const ADAM = { name: "Adam", learningRate: 1e-2, weightDecay: 1e-3 } as const;
const INPUT_SIZE = [1, 6, 5, 7];

/** Convolution, batch norm, pooling, dropout and two linear layers: one of each kind of state. */
const network = buildNetwork({
  architecture: {
    convolutions: [
      {
        layer: "Conv",
        out_channels: 3,
        kernel_size: 3,
        stride: 1,
        padding: 1,
        dilation: 1,
        groups: 1,
        bias: true,
      },
      { layer: "BatchNorm", eps: 1e-5, momentum: 0.1 },
      { layer: "ReLU" },
      { layer: "PadMaxPool", kernel_size: 2 },
    ],
    fc: [
      { layer: "Flatten" },
      { layer: "Dropout" },
      { layer: "Linear", out_features: 4, bias: true },
      { layer: "ReLU" },
      { layer: "Linear", bias: true },
    ],
  },
  inputSize: INPUT_SIZE,
  outputSize: 2,
  dropout: 0.5,
  latentSpaceSize: 1,
  task: "classification",
});

const batchOf = (size: number, salt: number): Batch => ({
  size,
  inputs: { image: Float32Array.from(spread(size * elementCount(INPUT_SIZE), salt)) },
  targets: { classes: Int32Array.from({ length: size }, (_, index) => (index + salt) % 2) },
});

export function describeModel(createEngine: () => Promise<Engine>): void {
  const create = async (options: Partial<TrainerOptions> = {}, of: Network = network): Promise<Trainer> => {
    const engine = await createEngine();
    return engine.trainer(of, {
      objective: CLASSES,
      optimizer: ADAM,
      weights: initialState(of, 5),
      dropoutSeed: 11,
      ...options,
    });
  };
  /** Without dropout, so that every batch has one gradient. */
  const steady: Cnn = withoutDropout(network);

  describe("accumulate", () => {
    it("adds up the gradients of the batches", async () => {
      const model = await create({}, steady);
      await model.accumulate(batchOf(4, 1));
      const first = await model.gradients();
      await model.accumulate(batchOf(4, 1));
      const both = await model.gradients();
      await model.dispose();
      expect([...both.keys()]).toEqual([...first.keys()]);
      for (const [name, sum] of both) {
        expectClose(name, sum, scaled(first, name, 2), 1e-6, 1e-3);
      }
    });

    it("takes a short last batch", async () => {
      const model = await create({}, steady);
      const losses = [await model.accumulate(batchOf(4, 1)), await model.accumulate(batchOf(1, 2))];
      await model.update({ reduction: "mean" });
      await model.dispose();
      expect(losses.every(Number.isFinite)).toBe(true);
    });

    it("gives no gradient to frozen parameters, and the same one to the others", async () => {
      const frozen = new Set(["convolutions.0.weight", "convolutions.0.bias", "convolutions.1.weight"]);
      const [free, model] = [await create({}, steady), await create({ frozen }, steady)];
      await free.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 1));
      const [all, rest] = [await free.gradients(), await model.gradients()];
      const before = (await model.state()).parameters;
      await model.update({ reduction: "mean" });
      const after = (await model.state()).parameters;
      await Promise.all([free.dispose(), model.dispose()]);

      expect([...rest.keys()]).toEqual([...all.keys()].filter((name) => !frozen.has(name)));
      for (const [name, gradient] of rest) expectClose(name, gradient, all.get(name)!, 1e-6, 1e-3);
      for (const name of frozen) expect(after.get(name)).toEqual(before.get(name));
      expect(after.get("fc.4.weight")).not.toEqual(before.get("fc.4.weight"));
    });

    it("moves running statistics and counts batches, also where all is frozen", async () => {
      const frozen = new Set(initialState(network, 5).keys());
      const model = await create({ frozen });
      await model.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 2));
      const { parameters } = await model.state();
      await model.dispose();
      expect(parameters.get("convolutions.1.num_batches_tracked")?.data[0]).toBe(2n);
      expect(parameters.get("convolutions.1.running_mean")?.data.some((mean) => mean !== 0)).toBe(true);
      expect(parameters.get("convolutions.0.weight")).toEqual(
        initialState(network, 5).get("convolutions.0.weight"),
      );
    });
  });

  describe("update", () => {
    it("steps with the mean or the sum of the gradients, and clears them", async () => {
      for (const [reduction, factor] of [
        ["mean", 0.5],
        ["sum", 1],
      ] as const) {
        const model = await create({ optimizer: SGD }, steady);
        await model.accumulate(batchOf(4, 1));
        await model.accumulate(batchOf(4, 2));
        const sum = await model.gradients();
        const before = (await model.state()).parameters;
        await model.update({ reduction });
        const after = (await model.state()).parameters;
        expect((await model.gradients()).size).toBe(0);
        await model.dispose();
        for (const [name, gradient] of sum) {
          const weights = numbersOf(before.get(name)!);
          const slopes = numbersOf(gradient);
          const wanted = Float32Array.from(
            weights,
            (weight, index) => weight - SGD.learningRate * factor * slopes[index]!,
          );
          expectClose(name, after.get(name), floatTensor(gradient.shape, wanted), 1e-6);
        }
      }
    });

    it("moves each group of parameters at its rate", async () => {
      const names = parameterSpecs(steady).flatMap(({ name, kind }) => (kind === "parameter" ? [name] : []));
      const classifies = (name: string) => name.startsWith("fc.");
      const groups = [new Set(names.filter(classifies)), new Set(names.filter((name) => !classifies(name)))];
      const model = await create({ optimizer: SGD, groups }, steady);
      const before = await model.state();
      await model.accumulate(batchOf(4, 1));
      const slopes = await model.gradients();
      await model.update({ reduction: "mean", rates: [0, 0.25] });
      const after = await model.state();
      await model.dispose();
      for (const [name, gradient] of slopes) {
        const start = before.parameters.get(name)!;
        if (classifies(name)) expect(after.parameters.get(name)).toEqual(start);
        else {
          const gradients = numbersOf(gradient);
          const wanted = Float32Array.from(numbersOf(start), (weight, i) => weight - 0.25 * gradients[i]!);
          expectClose(name, after.parameters.get(name), floatTensor(gradient.shape, wanted), 1e-6);
        }
      }
    });

    it.each([
      { norm: 0.01 },
      { norm: 1e6 },
      { norm: 0.01, type: 1 },
      { norm: 0.01, type: Number.POSITIVE_INFINITY },
      { value: 0.001 },
    ])("clips the mean of the gradients: %j", async (clip) => {
      const frozen = new Set(["fc.4.weight"]);
      const model = await create({ optimizer: SGD, frozen }, steady);
      await model.accumulate(batchOf(4, 1));
      await model.accumulate(batchOf(4, 2));
      const sum = await model.gradients();
      const before = (await model.state()).parameters;
      await model.update({ reduction: "mean", clip });
      const after = (await model.state()).parameters;
      await model.dispose();
      const means = new Map(
        [...sum].map(([name, total]) => [name, numbersOf(total).map((slope) => slope / 2)]),
      );
      const all = [...means.values()].flatMap((slopes) => [...slopes]);
      const clipped = (slope: number): number => {
        if ("value" in clip) return Math.max(-clip.value, Math.min(clip.value, slope));
        const sizes = all.map(Math.abs);
        const { type = 2 } = clip;
        const total = Number.isFinite(type)
          ? sizes.reduce((powers, size) => powers + size ** type, 0) ** (1 / type)
          : Math.max(...sizes);
        return slope * Math.min(1, clip.norm / (total + 1e-6));
      };
      if (!("norm" in clip && clip.norm > 1)) expect(all.map(clipped)).not.toEqual(all);
      for (const [name, slopes] of means) {
        const weights = numbersOf(before.get(name)!);
        const wanted = Float32Array.from(
          weights,
          (weight, i) => weight - SGD.learningRate * clipped(slopes[i]!),
        );
        expectClose(name, after.get(name), floatTensor(before.get(name)!.shape, wanted), 1e-6);
      }
    });

    it("refuses groups that are not those of the parameters, and rates that are not those of the groups", async () => {
      await expect(create({ groups: [new Set(["fc.2.weight"])] }, steady)).rejects.toThrow(EngineError);
      const model = await create({ optimizer: SGD }, steady);
      await model.accumulate(batchOf(4, 1));
      await expect(model.update({ reduction: "mean", rates: [0.1, 0.2] })).rejects.toThrow(EngineError);
      await model.dispose();
    });

    it("is refused without gradients", async () => {
      const model = await create();
      await expect(model.update({ reduction: "mean" })).rejects.toThrow(EngineError);
      await model.accumulate(batchOf(2, 1));
      await model.update({ reduction: "mean" });
      await expect(model.update({ reduction: "mean" })).rejects.toThrow(EngineError);
      await model.dispose();
    });
  });

  describe("dropout", () => {
    const probability = 0.3;
    const dropout = {
      name: "dropout",
      layers: [{ kind: "Dropout", probability }] as const,
      input: [4, 2, 5, 6, 7],
      offset: 3,
      background: 0,
    };

    it("zeroes that share of the elements and scales the others up", async () => {
      const { model, batch } = await modelOf(await createEngine(), dropout);
      const { outputs } = await model.evaluate(batch);
      // The gradient of the loss is 2 (y - target) / n times the mask; y is the mask times the input.
      await model.accumulate({ ...batch, targets: { values: new Float32Array(outputs.data.length) } });
      const gradient = (await model.gradients()).get(INPUT_PARAMETER)!;
      await model.dispose();
      if (gradient.dtype !== "float32") throw new Error("The gradient by the input is float32.");
      const masks = transposed(gradient).data.map((slope, index) =>
        Math.sqrt((slope * outputs.data.length) / 2 / outputs.data[index]!),
      );
      const kept = masks.filter((mask) => mask > 0.5);
      for (const mask of kept) expect(mask).toBeCloseTo(1 / (1 - probability), 5);
      expect(masks.filter((mask) => mask < 1e-6).length).toBe(masks.length - kept.length);
      // Four standard deviations of a binomial distribution.
      const spreadOfShare = 4 * Math.sqrt((probability * (1 - probability)) / masks.length);
      expect(Math.abs(1 - kept.length / masks.length - probability)).toBeLessThan(spreadOfShare);
    });

    it("draws another mask for each batch, and the same for the same batch of the same seed", async () => {
      const lossesOf = async (dropoutSeed: number) => {
        const model = await create({ dropoutSeed });
        const losses = [await model.accumulate(batchOf(4, 1)), await model.accumulate(batchOf(4, 1))];
        await model.dispose();
        return losses;
      };
      const losses = await lossesOf(11);
      expect(losses[1]).not.toBe(losses[0]);
      expect(await lossesOf(11)).toEqual(losses);
      expect(await lossesOf(12)).not.toEqual(losses);
    });

    it("does nothing in evaluation", async () => {
      const model = await create();
      const [first, second] = [await model.evaluate(batchOf(3, 1)), await model.evaluate(batchOf(3, 1))];
      await model.dispose();
      expect(second).toEqual(first);
    });
  });

  describe("state and load", () => {
    it("go on as if training had never stopped", async () => {
      const model = await create();
      await model.accumulate(batchOf(4, 1));
      await model.update({ reduction: "mean" });
      const saved = await model.state();
      const continueWith = async (resumed: Trainer) => {
        const losses: number[] = [];
        for (const salt of [2, 3]) {
          losses.push(await resumed.accumulate(batchOf(4, salt)));
          await resumed.update({ reduction: "mean" });
        }
        const state = await resumed.state();
        await resumed.dispose();
        return { losses, state };
      };
      const resumed = await create({ weights: initialState(network, 6) });
      await resumed.accumulate(batchOf(4, 9));
      await resumed.load(saved);
      expect(await continueWith(resumed)).toEqual(await continueWith(model));
    });

    it("keep PyTorch's order of names, and give copies", async () => {
      const model = await create();
      const { parameters, batches } = await model.state();
      const weight = parameters.get("fc.2.weight")!.data.slice();
      await model.accumulate(batchOf(4, 1));
      await model.update({ reduction: "mean" });
      await model.dispose();
      expect([...parameters.keys()]).toEqual([...initialState(network, 5).keys()]);
      expect(parameters.get("fc.2.weight")!.data).toEqual(weight);
      expect(batches).toBe(0);
    });
  });

  it("takes weights that somebody has averaged, with counters that have decimals", async () => {
    const state = new Map(initialState(network, 5));
    const counter = "convolutions.1.num_batches_tracked";
    state.set(counter, { dtype: "float32", shape: [], data: Float32Array.of(12.5) });
    const model = await create({ weights: state });
    const { parameters } = await model.state();
    await model.dispose();
    expect(parameters.get(counter)?.data).toEqual(BigInt64Array.of(12n));
  });

  describe("evaluate and predict", () => {
    it("give the same outputs, whatever stands beside an image in the batch", async () => {
      const model = await create();
      const batch = batchOf(3, 1);
      const { outputs, losses } = await model.evaluate(batch);
      const image = batch.inputs.image.subarray(elementCount(INPUT_SIZE), 2 * elementCount(INPUT_SIZE));
      const alone = await model.predict({ size: 1, inputs: { image } });
      await model.dispose();
      expect(outputs.shape).toEqual([3, 2]);
      expect(losses.length).toBe(3);
      expectClose("outputs", alone, { ...alone, data: outputs.data.slice(2, 4) }, 1e-6);
    });

    it("compare an autoencoder with what the batch says, not with what went in", async () => {
      const autoencoder = buildNetwork({
        architecture: {
          convolutions: [
            {
              layer: "Conv",
              out_channels: 2,
              kernel_size: 3,
              stride: 1,
              padding: 1,
              dilation: 1,
              groups: 1,
              bias: true,
            },
            { layer: "ReLU" },
            { layer: "MaxPool", kernel_size: 2, padding: 0 },
          ],
        },
        inputSize: [1, 6, 4, 8],
        outputSize: 1,
        dropout: 0,
        latentSpaceSize: 1,
        task: "reconstruction",
      });
      const model = await create({ objective: { loss: "MSELoss" } }, autoencoder);
      const image = Float32Array.from(spread(2 * elementCount(autoencoder.inputSize), 1));
      const batch = { size: 2, inputs: { image }, targets: { values: image.map(() => 0) } };
      const { outputs, losses } = await model.evaluate(batch);
      const squares = [...outputs.data].map((value) => value ** 2);
      const wanted = squares.reduce((sum, square) => sum + square, 0) / squares.length;
      expect((losses[0]! + losses[1]!) / 2).toBeCloseTo(wanted, 6);
      // Without norm and dropout training computes what evaluation computes.
      expect(await model.accumulate(batch)).toBeCloseTo(wanted, 6);
      const itself = { ...batch, targets: { values: image } };
      const { losses: ofItself } = await model.evaluate(itself);
      expect(await model.accumulate(itself)).toBeCloseTo((ofItself[0]! + ofItself[1]!) / 2, 6);
      expect(ofItself[0]).not.toBeCloseTo(losses[0]!, 3);
      await model.dispose();
    });

    it("are those of a model that only answers, whose weights can be exchanged", async () => {
      const [first, second] = [initialState(network, 5), initialState(network, 6)];
      const [trainer, other] = [await create({ weights: first }), await create({ weights: second })];
      const predictor = await (await createEngine()).predictor(network, first);
      const batch = batchOf(3, 1);
      const answers = async () => [await trainer.predict(batch), await predictor.predict(batch)];
      const [wanted, found] = await answers();
      expect(found).toEqual(wanted);
      const [slopes, same] = [
        await trainer.saliency(batch, 1, "input"),
        await predictor.saliency(batch, 1, "input"),
      ];
      expect(same).toEqual(slopes);
      const short = new Map([...second].slice(1));
      await expect(predictor.setWeights(short)).rejects.toThrow(EngineError);
      expect(await predictor.predict(batch)).toEqual(wanted);
      await predictor.setWeights(second);
      await trainer.setWeights(second);
      const exchanged = await other.predict(batch);
      expect(await answers()).toEqual([exchanged, exchanged]);
      expect((await trainer.state()).parameters).toEqual((await other.state()).parameters);
      await Promise.all([trainer.dispose(), other.dispose(), predictor.dispose()]);
    });

    it("leave the state alone", async () => {
      const model = await create();
      const before = await model.state();
      await model.evaluate(batchOf(3, 1));
      const after = await model.state();
      await model.dispose();
      expect(after).toEqual(before);
    });
  });

  describe("refusals", () => {
    it("names every weight that is missing or of another shape", async () => {
      const state = new Map(initialState(network, 5));
      state.delete("fc.2.bias");
      state.set("fc.4.bias", { dtype: "float32", shape: [7], data: new Float32Array(7) });
      await expect(create({ weights: state })).rejects.toThrow(
        /fc\.2\.bias is missing.*fc\.4\.bias is \[7\]/,
      );
    });

    it("says which class code does not exist", async () => {
      const model = await create();
      const batch = { ...batchOf(2, 1), targets: { classes: Int32Array.of(0, 2) } };
      await expect(model.accumulate(batch)).rejects.toThrow("class code is 2");
      await expect(model.evaluate(batch)).rejects.toThrow("class code is 2");
      await model.dispose();
    });

    it("says that a batch does not say what its objective compares with", async () => {
      const model = await create();
      const batch = { ...batchOf(2, 1), targets: { values: Float32Array.of(0, 1) } };
      await expect(model.accumulate(batch)).rejects.toThrow("A batch of 2 has 0 class codes");
      await expect(model.evaluate(batch)).rejects.toThrow("A batch of 2 has 0 class codes");
      await model.dispose();
    });

    it("says that a batch has not the size of its images", async () => {
      const model = await create();
      await expect(model.predict({ size: 2, inputs: { image: new Float32Array(5) } })).rejects.toThrow(
        "5 values",
      );
      await model.dispose();
    });

    it("says that the outputs are not those of the classes", async () => {
      const engine = await createEngine();
      const options = { optimizer: ADAM, weights: initialState(network, 5), dropoutSeed: 0 };
      const objective = { ...CLASSES, classes: 3 };
      await expect(engine.trainer(network, { ...options, objective })).rejects.toThrow("3 classes");
    });

    it("says that an autoencoder has no classes", async () => {
      const autoencoder = buildNetwork({
        architecture: "AE_Conv5_FC3",
        inputSize: [1, 33, 33],
        outputSize: 1,
        dropout: 0,
        latentSpaceSize: 1,
        task: "reconstruction",
      });
      await expect(create({}, autoencoder)).rejects.toThrow("MSELoss");
    });

    it("says that one voxel of one image cannot be normalised", async () => {
      const tiny = buildNetwork({
        architecture: "Conv5_FC3",
        inputSize: [1, 16, 16, 16],
        outputSize: 2,
        dropout: 0,
        latentSpaceSize: 1,
        task: "classification",
      });
      const model = await create({}, tiny);
      const image = new Float32Array(16 ** 3);
      const batch = { size: 1, inputs: { image }, targets: { classes: Int32Array.of(0) } };
      await expect(model.accumulate(batch)).rejects.toThrow("batches of at least 2");
      await model.dispose();
    });
  });
}

function withoutDropout(of: Network): Cnn {
  if (of.family !== "cnn") throw new Error("The network of this suite is a CNN.");
  const fc = of.fc.map(({ name, layer }) => ({
    name,
    layer: layer.kind === "Dropout" ? { ...layer, probability: 0 } : layer,
  }));
  return { ...of, fc };
}

function scaled(state: StateDict, name: string, factor: number) {
  const tensor = state.get(name)!;
  return floatTensor(
    tensor.shape,
    numbersOf(tensor).map((value) => value * factor),
  );
}
