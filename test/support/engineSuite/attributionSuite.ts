/** Maps that are made of many answers or gradients of an engine: occlusion and integrated gradients, against PyTorch. */
import { describe, expect, it } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { buildNetwork } from "../../../src/network/building/build";
import { attribute, type Method } from "../../../src/training/explanation/attribution";
import { attributions, autograd, explained, stateOf } from "../saliencyFixture";
import { expectClose } from "./closeness";

/** Those of test/fixtures/saliency/attributions.py. */
const BLOCKS = [
  [3, 2],
  [4, 4],
  [20, 1],
] as const;
const STEPS = 20;

export function describeAttributions(createEngine: () => Promise<Engine>): void {
  describe.each(explained.networks)("attributions: %s", (name) => {
    const { shape, data } = autograd(`${name}.input`);
    const [size = 0, ...inputSize] = shape;
    const mapsOf = async (method: Method, node: number, batchSize: number) => {
      const network = buildNetwork({
        architecture: explained.architecture,
        inputSize,
        outputSize: explained.outputs,
        dropout: 0.5,
        latentSpaceSize: 1,
        task: "classification",
      });
      const predictor = await (await createEngine()).predictor(network, stateOf(name));
      try {
        const job = { inputSize, node, batchSize, proceed: () => true };
        const found = await attribute(predictor, size, data.slice(), method, job);
        if (found === null) throw new Error("It was not ended.");
        const flat = Float32Array.from(found.maps.flatMap((map) => [...map]));
        const map = { dtype: "float32", shape: [size, ...inputSize.slice(1)], data: flat } as const;
        return { map, sums: found.sums };
      } finally {
        await predictor.dispose();
      }
    };

    it("by occlusion are PyTorch's, with blocks that overlap, are cut off, or hide all", async () => {
      for (const node of explained.nodes) {
        for (const [block, stride] of BLOCKS) {
          const { map } = await mapsOf({ name: "occlusion", block, stride }, node, 7);
          const expected = attributions(`${name}.occlusion.${block}.${stride}.${node}`);
          expectClose(`blocks of ${block}, ${stride} apart, of ${node}`, map, expected, 1e-5);
        }
      }
    });

    it("by integrated gradients are PyTorch's, and so are their sums and the changes of the answer", async () => {
      for (const node of explained.nodes) {
        const { map, sums = [] } = await mapsOf({ name: "integrated-gradients", steps: STEPS }, node, 2);
        const expected = attributions(`${name}.integrated.${node}`);
        expectClose(`of ${node}`, map, expected, 1e-5);
        const width = expected.data.length / size;
        const changes = attributions(`${name}.change.${node}`).data;
        for (const [sample, { attributed, change }] of sums.entries()) {
          expect(change).toBeCloseTo(changes[sample]!, 5);
          const own = expected.data.subarray(sample * width, (sample + 1) * width);
          expect(attributed).toBeCloseTo(
            own.reduce((sum, value) => sum + value, 0),
            5,
          );
        }
        expect(sums).toHaveLength(size);
      }
    });
  });
}
