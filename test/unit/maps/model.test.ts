import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/experiment/problems/problem";
import { loadModel, saveModel } from "../../../src/maps/weights/model";
import { loadOptimizer, type OptimizerMoments, saveOptimizer } from "../../../src/maps/weights/optimizerFile";
import { readTorchFile, writeTorchFile } from "../../../src/maps/weights/torch/torchFile";
import { OrderedDict, type TorchValue, Tuple } from "../../../src/maps/weights/torch/torchValue";
import type { StateDict, Tensor } from "../../../src/network/weights/tensor";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { describeWithReference, reference } from "../../support/reference";

const float = (...values: number[]): Tensor => ({
  dtype: "float32",
  shape: [values.length],
  data: Float32Array.from(values),
});

const state: StateDict = new Map<string, Tensor>([
  ["convolutions.0.weight", { dtype: "float32", shape: [1, 1, 2], data: new Float32Array([1, 2]) }],
  ["convolutions.1.running_mean", float(0.5)],
  ["convolutions.1.num_batches_tracked", { dtype: "int64", shape: [], data: new BigInt64Array([3n]) }],
]);

describe("saveModel", () => {
  it("writes {model: OrderedDict, epoch, name}, the dictionary of ClinicaDL", async () => {
    const file = join(temporaryFolder(), "model.pth.tar");
    await saveModel(file, { state, epoch: 4, name: "Conv5_FC3" });
    const saved = await readTorchFile(file);
    expect(saved).toEqual(
      new Map<string, TorchValue>([
        ["model", new OrderedDict<TorchValue>(state)],
        ["epoch", 4],
        ["name", "Conv5_FC3"],
      ]),
    );
    expect(await loadModel(file)).toEqual({ state, epoch: 4, name: "Conv5_FC3" });
  });

  it("gives the same file further names, and a later save of one leaves the others as they are", async () => {
    const folder = temporaryFolder();
    const [first, second] = [
      join(folder, "best-loss/model.pth.tar"),
      join(folder, "best-BA/model.pth.tar"),
    ] as const;
    await saveModel(first, { state, epoch: 1, name: "x" }, [second]);
    expect(await loadModel(second)).toMatchObject({ epoch: 1 });
    await saveModel(first, { state, epoch: 2, name: "x" });
    expect(await loadModel(second)).toMatchObject({ epoch: 1 });
    await saveModel(join(folder, "x.pth.tar"), { state, epoch: 3, name: "x" }, [second]);
    expect(await loadModel(second)).toMatchObject({ epoch: 3 });
    expect(await loadModel(first)).toMatchObject({ epoch: 2 });
  });
});

describe("loadModel", () => {
  it("reads the older file that names no architecture", async () => {
    const file = join(temporaryFolder(), "model_best.pth.tar");
    const saved = new Map<string, TorchValue>([
      ["model", new OrderedDict<TorchValue>(state)],
      ["epoch", 2],
      ["valid_loss", 0.5],
    ]);
    await writeTorchFile(file, saved);
    expect(await loadModel(file)).toMatchObject({ epoch: 2, name: null });
  });

  const written = async (value: TorchValue) => {
    const file = join(temporaryFolder(), "weights.pt");
    await writeTorchFile(file, value);
    return (await loadModel(file)).state;
  };
  const named = (prefix: string) =>
    new OrderedDict<TorchValue>([...state].map(([name, tensor]) => [`${prefix}${name}`, tensor]));

  it("takes what its own remedies ask for: a state dict alone", async () => {
    expect(await written(named(""))).toEqual(state);
  });

  it.each(["model", "state_dict", "model_state_dict"])("takes a state dict under %s", async (name) => {
    const file = new Map<string, TorchValue>([
      ["epoch", 3],
      [name, named("")],
    ]);
    expect(await written(file)).toEqual(state);
  });

  it.each(["module.", "_orig_mod.", "module._orig_mod."])(
    "takes names of a wrapped network: %s",
    async (prefix) => {
      expect(await written(new Map([["model", named(prefix)]]))).toEqual(state);
      expect(await written(named(prefix))).toEqual(state);
    },
  );

  it("keeps names of which only some begin as a wrapper's do", async () => {
    const some = new OrderedDict<TorchValue>([...named("module."), ...named("")]);
    expect((await written(some)).size).toBe(2 * state.size);
  });

  it("says what is missing in a PyTorch file of another kind", async () => {
    await expect(loadModel(fixture("maps/values.pt"))).rejects.toThrow(InputError);
    await expect(loadModel(fixture("maps/values.pt"))).rejects.toThrow("has no state dict");
  });
});

describeWithReference("loadModel of ClinicaDL's weights", ["reference/maps_image"], () => {
  it("reads names, shapes and order", async () => {
    const model = await loadModel(reference("reference/maps_image/split-0/best-loss/model.pth.tar"));
    expect(model).toMatchObject({ epoch: 2, name: "Conv5_FC3" });
    expect([...model.state.keys()].slice(0, 7)).toEqual([
      "convolutions.0.weight",
      "convolutions.0.bias",
      "convolutions.1.weight",
      "convolutions.1.bias",
      "convolutions.1.running_mean",
      "convolutions.1.running_var",
      "convolutions.1.num_batches_tracked",
    ]);
    expect(model.state.get("fc.2.weight")?.shape).toEqual([1300, 1024]);
    expect(model.state.get("convolutions.1.num_batches_tracked")?.dtype).toBe("int64");
  });
});

describe("saveOptimizer", () => {
  const parameters = ["convolutions.0.weight", "convolutions.0.bias"];
  const moments: OptimizerMoments = {
    step: 12,
    moments: new Map<string, StateDict>([
      [
        "step",
        new Map([
          ["convolutions.0.weight", float(12)],
          ["convolutions.0.bias", float(12)],
        ]),
      ],
      [
        "exp_avg",
        new Map([
          ["convolutions.0.weight", float(0.1)],
          ["convolutions.0.bias", float(0.2)],
        ]),
      ],
      [
        "exp_avg_sq",
        new Map([
          ["convolutions.0.weight", float(0.3)],
          ["convolutions.0.bias", float(0.4)],
        ]),
      ],
    ]),
  };
  const saved = { optimizer: moments, learningRate: 1e-4, epoch: 3, name: "Conv5_FC3" };

  it("writes the state dict of torch.optim: parameters by number, one group", async () => {
    const file = join(temporaryFolder(), "optimizer.pth.tar");
    await saveOptimizer(file, { optimizer: "Adam", weightDecay: 1e-4, parameters }, saved);
    const value = await readTorchFile(file);
    const optimizer = value instanceof Map ? value.get("optimizer") : undefined;
    expect(optimizer.get("param_groups")[0]).toEqual(
      new Map<string, TorchValue>([
        ["lr", 1e-4],
        ["betas", new Tuple([0.9, 0.999])],
        ["eps", 1e-8],
        ["amsgrad", false],
        ["weight_decay", 1e-4],
        ["maximize", false],
        ["foreach", null],
        ["capturable", false],
        ["differentiable", false],
        ["params", [0, 1]],
      ]),
    );
    expect(optimizer.get("state").get(1)).toEqual(
      new Map<string, Tensor>([
        ["step", float(12)],
        ["exp_avg", float(0.2)],
        ["exp_avg_sq", float(0.4)],
      ]),
    );
  });

  it("writes the hyperparameters of the experiment, floats as floats", async () => {
    const file = join(temporaryFolder(), "optimizer.pth.tar");
    const hyperparameters = { momentum: 1, nesterov: true };
    await saveOptimizer(file, { optimizer: "SGD", hyperparameters, weightDecay: 0, parameters }, saved);
    const value = await readTorchFile(file);
    const optimizer = value instanceof Map ? value.get("optimizer") : undefined;
    expect([...optimizer.get("param_groups")[0]].slice(0, 5)).toEqual([
      ["lr", 1e-4],
      ["momentum", 1],
      ["dampening", 0],
      ["nesterov", true],
      ["weight_decay", 0],
    ]);
  });

  it("is read back by loadOptimizer", async () => {
    const file = join(temporaryFolder(), "optimizer.pth.tar");
    await saveOptimizer(file, { optimizer: "Adam", weightDecay: 0, parameters }, saved);
    expect(await loadOptimizer(file, parameters)).toEqual(saved);
  });

  it("writes an optimizer without state", async () => {
    const file = join(temporaryFolder(), "optimizer.pth.tar");
    const none = { ...saved, optimizer: { step: 0, moments: new Map() } };
    await saveOptimizer(file, { optimizer: "SGD", weightDecay: 0, parameters }, none);
    expect(await loadOptimizer(file, parameters)).toEqual(none);
  });

  it("refuses an optimizer of another network", async () => {
    const file = join(temporaryFolder(), "optimizer.pth.tar");
    await saveOptimizer(file, { optimizer: "Adam", weightDecay: 0, parameters }, saved);
    await expect(loadOptimizer(file, ["fc.2.weight"])).rejects.toThrow("has 2 parameters, the network has 1");
  });
});

describe("loadOptimizer", () => {
  it("takes a direction of PyTorch's SGD, which counts no steps, as one that has been begun", async () => {
    const file = join(temporaryFolder(), "sgd.pt");
    const stateOf = (buffer: Tensor | null) => new Map<string, TorchValue>([["momentum_buffer", buffer]]);
    const direction = float(0.5);
    const stateDict = new Map<string, TorchValue>([
      [
        "state",
        new Map([
          [0, stateOf(direction)],
          [1, stateOf(null)],
        ]),
      ],
      [
        "param_groups",
        [
          new Map<string, TorchValue>([
            ["lr", 0.1],
            ["params", [0, 1]],
          ]),
        ],
      ],
    ]);
    await writeTorchFile(
      file,
      new Map<string, TorchValue>([
        ["optimizer", stateDict],
        ["epoch", 0],
        ["name", "SGD"],
      ]),
    );
    const { optimizer } = await loadOptimizer(file, ["weight", "bias"]);
    const step: Tensor = { dtype: "float32", shape: [], data: Float32Array.of(1) };
    expect(optimizer.moments).toEqual(
      new Map([
        ["momentum_buffer", new Map([["weight", direction]])],
        ["step", new Map([["weight", step]])],
      ]),
    );
  });

  it("reads what torch.optim.Adam wrote", async () => {
    // After two steps of Adam(lr=0.1) on weight [1, 2] and bias [3] with the gradients 1, 2, 3 times the step number.
    const { optimizer, learningRate, epoch } = await loadOptimizer(fixture("maps/adam.pt"), [
      "weight",
      "bias",
    ]);
    expect(optimizer.step).toBe(2);
    expect(learningRate).toBe(0.1);
    expect(epoch).toBe(1);
    const average = optimizer.moments.get("exp_avg")?.get("weight");
    expect(Array.from(average?.data ?? [], Number)).toEqual([Math.fround(0.29), Math.fround(0.58)]);
    expect(optimizer.moments.get("exp_avg_sq")?.get("bias")?.shape).toEqual([1]);
  });
});
