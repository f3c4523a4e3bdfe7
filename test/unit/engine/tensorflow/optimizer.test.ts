import { describe, expect, it } from "vitest";
import { EngineError, type OptimizerSettings } from "../../../../src/engine/engine";
import { plainKernels } from "../../../../src/engine/optimizer/plainKernels";
import { type DeviceTensor, readFloats } from "../../../../src/engine/tensorflow/library/tensorFlow";
import { DeviceOptimizer } from "../../../../src/engine/tensorflow/optimizer/deviceOptimizer";
import { OPTIMIZER_NAMES } from "../../../../src/optimizer/optimizers";
import { tf } from "../../../support/tensorFlow";
import { expectAsPytorch } from "../../optimizer/expectAsPytorch";
import { gradientsOf, parameters, pytorch, pytorchState, SETTINGS, stepOf } from "../../optimizer/fixture";

/** The parameters of the fixture on the device, as they were before the first step. */
function initialParameters() {
  const tensors = new Map<string, DeviceTensor>();
  const replace = (name: string, tensor: DeviceTensor) => {
    tensors.get(name)?.dispose();
    tensors.set(name, tensor);
  };
  for (const { name, shape } of parameters)
    replace(name, tf.tensor(pytorch(`initial.${name}`).data.slice(), shape));
  return { tensors, trainable: parameters.map(({ name }) => name), replace };
}

/** The gradients of step 1 to 10 on the device. */
function deviceGradients(step: number): Map<string, DeviceTensor> {
  const shapes = new Map(parameters.map(({ name, shape }) => [name, shape]));
  return new Map(
    [...gradientsOf(step)].map(([name, gradient]) => {
      const shape = shapes.get(name)!;
      if (gradient.kind === "dense") return [name, tf.tensor(gradient.data, shape)];
      const [rows, columns] = [shape[0]!, shape[1]!];
      const product = new Float32Array(rows * columns);
      const size = { count: gradient.count, rows, columns, leftStride: rows };
      plainKernels.sumOuterProducts(product, gradient.left, gradient.right, size, false);
      return [name, tf.tensor(product, shape)];
    }),
  );
}

const settingsOf = (name: OptimizerSettings["name"], weightDecay: number) => ({
  name,
  learningRate: 0.01,
  weightDecay,
});

async function expectPytorch(
  prefix: string,
  { tensors }: ReturnType<typeof initialParameters>,
  optimizer: DeviceOptimizer,
): Promise<void> {
  const weights = new Map<string, Float32Array>();
  for (const [name, tensor] of tensors) weights.set(name, await readFloats(tensor));
  expectAsPytorch(prefix, weights, await optimizer.read());
}

describe.each(OPTIMIZER_NAMES)("%s on the device", (name) => {
  it.each([
    { weightDecay: 0, fixture: "plain" },
    { weightDecay: 0.1, fixture: "decay" },
  ])("makes PyTorch's steps with weight decay $weightDecay", async ({ weightDecay, fixture }) => {
    const trained = initialParameters();
    const optimizer = new DeviceOptimizer(tf, settingsOf(name, weightDecay), trained);
    for (let step = 1; step <= 10; step++) {
      optimizer.step(deviceGradients(step), stepOf(1, step < 8 ? 0.01 : 0.001));
      if ([1, 4, 10].includes(step)) await expectPytorch(`${name}.${fixture}.${step}`, trained, optimizer);
    }
  });
});

describe.each(SETTINGS)(
  "$optimizer on the device with $settings",
  ({ optimizer: name, case: fixture, settings }) => {
    it("makes PyTorch's steps", async () => {
      const trained = initialParameters();
      const hyperparameters = settings;
      const optimizer = new DeviceOptimizer(tf, { ...settingsOf(name, 0.1), hyperparameters }, trained);
      for (let step = 1; step <= 10; step++) {
        optimizer.step(deviceGradients(step), stepOf(1, step < 8 ? 0.01 : 0.001));
        if ([1, 4, 10].includes(step)) await expectPytorch(`${name}.${fixture}.${step}`, trained, optimizer);
      }
    });
  },
);

describe("ASGD on the device", () => {
  it("averages the weights as PyTorch does once a million steps are made", async () => {
    const trained = initialParameters();
    const optimizer = new DeviceOptimizer(tf, settingsOf("ASGD", 0), trained);
    optimizer.write(pytorchState("averaging.0", 1_000_004, ["step", "eta", "mu", "ax"]));
    for (let step = 1; step <= 3; step++) optimizer.step(deviceGradients(step), stepOf());
    await expectPytorch("averaging.3", trained, optimizer);
  });
});

describe("the state of an optimizer on the device", () => {
  const saved = () => pytorchState("Adam.decay.4", 4, ["step", "exp_avg", "exp_avg_sq"]);

  it("is what was loaded, and a copy", async () => {
    const optimizer = new DeviceOptimizer(tf, settingsOf("Adam", 0.1), initialParameters());
    optimizer.write(saved());
    const before = await optimizer.read();
    expect(before).toEqual(saved());
    optimizer.step(deviceGradients(5), stepOf());
    expect(before).toEqual(saved());
  });

  it("leaves parameters without a gradient out", async () => {
    const optimizer = new DeviceOptimizer(tf, settingsOf("Adam", 0), initialParameters());
    optimizer.step(new Map([...deviceGradients(1)].slice(0, 1)), stepOf());
    const { moments } = await optimizer.read();
    expect([...moments.get("exp_avg")!.keys()]).toEqual(["vector"]);
  });

  it("refuses that of another optimizer and changes nothing", async () => {
    const optimizer = new DeviceOptimizer(tf, settingsOf("Adam", 0.1), initialParameters());
    optimizer.write(saved());
    const other = pytorchState("Adadelta.plain.4", 4, ["step", "square_avg", "acc_delta"]);
    expect(() => optimizer.write(other)).toThrow(EngineError);
    expect(await optimizer.read()).toEqual(saved());
  });
});
