import { expect, it } from "vitest";
import { elementCount } from "../../../../src/network/weights/tensor";
import { convModel } from "../../../support/convModel";
import { spread } from "../../../support/engineSuite/layerCases";
import { settledMemory } from "../../../support/settledMemory";

const INPUT_SIZE = [1, 20, 22, 21];

it("needs no more memory after 200 more steps", async () => {
  const model = await convModel(INPUT_SIZE, { threads: 1, dropout: 0.5, weightDecay: 1e-4 });
  /** Batches of 4 with a last one of 3, accumulated by twos, and an evaluation now and then. */
  const train = async (steps: number) => {
    for (let step = 0; step < steps; step++) {
      const size = step % 10 === 9 ? 3 : 4;
      const image = Float32Array.from(spread(size * elementCount(INPUT_SIZE), step));
      const classes = Int32Array.from({ length: size }, (_, index) => index % 2);
      const batch = { size, inputs: { image }, targets: { classes } };
      await model.accumulate(batch);
      await model.accumulate(batch);
      await model.update();
      if (step % 10 === 0) await model.evaluate(batch);
    }
    return settledMemory();
  };
  const settled = await train(40);
  const later = await train(200);
  await model.dispose();
  expect(later / settled).toBeLessThan(1.05);
});
