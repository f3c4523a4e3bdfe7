/** What Gyrus has trained opens in PyTorch and answers the same. The bytes of the file are looked at in torchFile.test.ts. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { saveModel } from "../../../src/maps/weights/model";
import { elementCount } from "../../../src/network/weights/tensor";
import { convModel } from "../../support/convModel";
import { spread } from "../../support/engineSuite/layerCases";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { pythonWithTorch } from "../../support/pytorch";

const INPUT_SIZE = [1, 33, 36, 34];
const answerSchema = z.object({ epoch: z.number(), name: z.string(), outputs: z.array(z.number()) });

const title = "opens in torch.load, and answers there as here";

if (pythonWithTorch === undefined) {
  it.skip(`${title} (no Python with PyTorch; GYRUS_PYTHON names one)`);
} else {
  const python = pythonWithTorch;
  it(title, async () => {
    const model = await convModel(INPUT_SIZE, { dropout: 0.5, learningRate: 1e-3, weightDecay: 1e-4 });
    const shape = [2, ...INPUT_SIZE];
    const image = Float32Array.from(spread(elementCount(shape), 1, 0, 1));
    const batch = { size: 2, inputs: { image }, targets: { classes: Int32Array.of(0, 1) } };
    for (let step = 0; step < 3; step++) {
      await model.accumulate(batch);
      await model.update();
    }
    const outputs = await model.predict(batch);
    const { parameters } = await model.state();
    await model.dispose();

    const folder = temporaryFolder();
    const [file, images] = [join(folder, "model.pth.tar"), join(folder, "images.json")];
    await saveModel(file, { state: parameters, epoch: 7, name: "Conv5_FC3" });
    writeFileSync(images, JSON.stringify({ shape, data: [...image] }));
    const said = execFileSync(python, [fixture("training/open_model.py"), file, images], {
      encoding: "utf8",
    });
    const answer = answerSchema.parse(JSON.parse(said));
    expect(answer).toMatchObject({ epoch: 7, name: "Conv5_FC3" });
    expect(answer.outputs).toHaveLength(4);
    for (const [index, logit] of answer.outputs.entries()) {
      expect(Math.abs(outputs.data[index]! - logit), `output ${index}`).toBeLessThan(1e-5);
    }
  });
}
