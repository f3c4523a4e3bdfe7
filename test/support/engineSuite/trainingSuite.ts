/** Steps of training of Conv5_FC3, against numbers computed by ClinicaDL's own modules in float32. */
import { expect, it } from "vitest";
import type { Batch, Engine } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import { elementCount, type StateDict, type Tensor } from "../../../src/network/weights/tensor";
import { describeWithReference, reference } from "../reference";
import { readSafetensors } from "../safetensors";
import { expectCloseOnTheWhole } from "./closeness";

const DATA = "golden/c_conv5_data.safetensors";
const OPTIMIZER = { name: "Adam", learningRate: 1e-3, weightDecay: 1e-4 } as const;

export function describeTraining(createEngine: () => Promise<Engine>): void {
  for (const accumulation of [1, 2]) {
    const file = `golden/c_conv5_acc${accumulation}_float32.safetensors`;
    describeWithReference(`Conv5_FC3, 5 steps of ${accumulation} batches`, [DATA, file], () => {
      it("has PyTorch's losses, weights and logits", async () => {
        const data = readSafetensors(reference(DATA));
        const golden = readSafetensors(reference(file));
        const [, , ...inputSize] = data.get("x")!.shape;
        const network = buildNetwork({
          architecture: "Conv5_FC3",
          inputSize,
          outputSize: 2,
          dropout: 0,
          latentSpaceSize: 1,
          task: "classification",
        });
        const engine = await createEngine();
        const objective = { loss: "CrossEntropyLoss", classes: 2 } as const;
        const weights = named(data, "w0.");
        const model = await engine.trainer(network, {
          objective,
          optimizer: OPTIMIZER,
          weights,
          dropoutSeed: 0,
          // As the numbers were made: ClinicaDL adds the gradients of its batches up.
          reduction: "sum",
        });

        const losses: number[] = [];
        for (let number = 0; number < 5 * accumulation; number++) {
          losses.push(await model.accumulate(batchOf(data, number)));
          if ((number + 1) % accumulation === 0) await model.update();
        }
        const { outputs } = await model.evaluate(batchOf(data, 0));
        const { parameters } = await model.state();
        await model.dispose();

        const wantedLosses = Array.from(golden.get("losses")!.data, Number);
        losses.forEach((loss, number) => {
          expect(Math.abs(loss / wantedLosses[number]! - 1), `loss ${number}`).toBeLessThan(1e-5);
        });
        outputs.data.forEach((logit, index) => {
          expect(Math.abs(logit - Number(golden.get("eval_logits")!.data[index]))).toBeLessThan(2e-5);
        });
        // Adam divides a gradient by its own size, so where it is nearly 0 a rounding error becomes a step like any other:
        // a few elements differ between PyTorch's own versions by 1e-3 of their scale. On the whole the weights agree.
        for (const [name, wanted] of named(golden, "w1.")) {
          if (!isUndetermined(name)) expectCloseOnTheWhole(name, parameters.get(name), wanted, 5e-5);
        }
      });
    });
  }
}

/**
 * The bias of a convolution behind which a batch norm stands has the gradient 0: PyTorch computes rounding errors, of which
 * Adam makes steps as large as any. They move the mean that the batch norm records, and nothing else.
 */
const isUndetermined = (name: string) =>
  /^convolutions\.\d+\.running_mean$/.test(name) || isConvolutionBias(name);
const isConvolutionBias = (name: string) => {
  const position = /^convolutions\.(\d+)\.bias$/.exec(name)?.[1];
  return position !== undefined && Number(position) % 4 === 0;
};

function batchOf(data: ReadonlyMap<string, Tensor>, number: number): Batch {
  const [, size, ...shape] = data.get("x")!.shape;
  const length = size! * elementCount(shape);
  const codes = Array.from(data.get("y")!.data, Number);
  const images = data.get("x")!.data;
  if (!(images instanceof Float32Array)) throw new Error("The images are float32.");
  return {
    size: size!,
    inputs: { image: images.slice(number * length, (number + 1) * length) },
    targets: { classes: Int32Array.from(codes.slice(number * size!, (number + 1) * size!)) },
  };
}

function named(tensors: ReadonlyMap<string, Tensor>, prefix: string): StateDict {
  const entries = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(entries.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
