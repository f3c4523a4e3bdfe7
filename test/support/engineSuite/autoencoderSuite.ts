/** One training pass of AE_Conv5_FC3, against numbers computed by ClinicaDL in float64. */
import { expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import type { FloatTensor, StateDict, Tensor } from "../../../src/network/weights/tensor";
import { describeWithReference, reference } from "../reference";
import { readSafetensors } from "../safetensors";
import { expectClose, magnitude, numbersOf } from "./closeness";
import { ADAM, floatTensor, MSE } from "./layerCases";

export function describeAutoencoders(createEngine: () => Promise<Engine>): void {
  for (const dimensions of ["3d", "2d"] as const) {
    const file = `golden/b_ae_Conv5_FC3_${dimensions}.safetensors`;
    describeWithReference(`AE_Conv5_FC3 in ${dimensions.toUpperCase()}`, [file], () => {
      const golden = readSafetensors(reference(file));
      const [batchSize, ...inputSize] = golden.get("x")!.shape;
      const image = floats(golden.get("x")!).data;
      const batch = { size: batchSize!, inputs: { image }, targets: { values: image } };
      const modelOf = async (engine: Engine) => {
        const network = buildNetwork({
          architecture: "AE_Conv5_FC3",
          inputSize,
          outputSize: 1,
          dropout: 0,
          latentSpaceSize: 1,
          task: "reconstruction",
          layout: "clinicadl",
        });
        return engine.trainer(network, {
          objective: MSE,
          optimizer: ADAM,
          weights: startOf(golden),
          dropoutSeed: 0,
        });
      };

      it("reconstructs in evaluation mode, with one loss for each image", async () => {
        const model = await modelOf(await createEngine());
        const { outputs, losses } = await model.evaluate(batch);
        await model.dispose();
        expectClose("reconstruction", outputs, golden.get("eval_out")!, 1e-5);
        expect([...losses]).toEqual(
          squaredErrors(golden.get("eval_out")!, golden.get("x")!).map((loss) => expect.closeTo(loss, 5)),
        );
      });

      it("has PyTorch's loss, gradients and running statistics", async () => {
        const model = await modelOf(await createEngine());
        const loss = await model.accumulate(batch);
        const gradients = await model.gradients();
        const { parameters } = await model.state();
        await model.dispose();
        expect(loss).toBeCloseTo(Number(golden.get("train_loss")!.data[0]), 5);
        for (const [name, gradient] of gradients) {
          // The bias of a convolution before a batch norm has the gradient 0: the sum of terms that make its weight's.
          const terms = magnitude(golden.get(`grad.${name.replace(/bias$/, "weight")}`)!);
          expectClose(`gradient of ${name}`, gradient, golden.get(`grad.${name}`)!, 1e-4, terms);
        }
        for (const [name, tensor] of parameters) {
          const after = golden.get(`bn1.${name}`);
          if (after !== undefined) expectClose(name, tensor, after, 1e-5);
        }
      });
    });
  }
}

const floats = (tensor: Tensor): FloatTensor => floatTensor(tensor.shape, numbersOf(tensor));

function startOf(golden: ReadonlyMap<string, Tensor>): StateDict {
  const entries = [...golden].filter(([name]) => name.startsWith("w0."));
  return new Map(entries.map(([name, tensor]) => [name.slice("w0.".length), tensor]));
}

function squaredErrors(a: Tensor, b: Tensor): number[] {
  const length = a.data.length / a.shape[0]!;
  return Array.from({ length: a.shape[0]! }, (_, sample) => {
    let sum = 0;
    for (let index = sample * length; index < (sample + 1) * length; index++) {
      sum += (Number(a.data[index]) - Number(b.data[index])) ** 2;
    }
    return sum / length;
  });
}
