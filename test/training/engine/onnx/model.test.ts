import { Worker } from "node:worker_threads";
import { describe, expect, it, vi } from "vitest";
import { type Engine, EngineError } from "../../../../src/engine/engine";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { buildNetwork } from "../../../../src/network/building/build";
import { initialState } from "../../../../src/network/weights/initialise";
import { describeAttributions } from "../../../support/engineSuite/attributionSuite";
import { describeBrokenWeights } from "../../../support/engineSuite/brokenWeightsSuite";
import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";

describe.each(["plain", "fast"] as const)("onnx engine, %s formulation", (formulation) => {
  const createEngine = () => createOnnxEngine({ threads: 1, formulation });
  describeLosses(createEngine);
  describeModel(createEngine);
  describeSaliency(createEngine);
  describeAttributions(createEngine);
  describeBrokenWeights(createEngine);
});

describe("onnx engine, models in threads of their own", () => {
  const createEngine = async () => {
    const { sideBySide } = await createOnnxEngine({ threads: 1 });
    return sideBySide!(2);
  };
  describeModel(createEngine);
  describeSaliency(createEngine);
  describeAttributions(createEngine);

  it.each([
    [8, 2, 4],
    [8, 3, 2],
    [2, 4, 1],
  ])("shares %d threads among %d models: %d each", async (threads, models, each) => {
    const engine = await createOnnxEngine({ threads });
    expect(engine.sideBySide!(models).description).toEqual({ ...engine.description, threads: each });
  });

  it("computes while the thread that asked goes on, which waits in its own thread otherwise", async () => {
    /** How often this thread comes round during ten predictions. */
    const turnsOf = async (engine: Engine): Promise<number> => {
      const model = await engine.trainer(...modelOfSize(32));
      const predict = () => model.predict({ size: 4, inputs: { image: new Float32Array(4 * 32 ** 3) } });
      await predict();
      let turns = 0;
      let over = false;
      const turn = () => {
        turns += 1;
        if (!over) setImmediate(turn);
      };
      setImmediate(turn);
      for (let i = 0; i < 10; i++) await predict();
      over = true;
      await model.dispose();
      return turns;
    };
    expect(await turnsOf(await createOnnxEngine({ threads: 1 }))).toBeLessThan(100);
    expect(await turnsOf(await createEngine())).toBeGreaterThan(100);
  });

  it.each<[string, (thread: Worker) => unknown]>([
    [
      "was lost on its way",
      (thread) => thread.emit("messageerror", new Error("Array buffer allocation failed")),
    ],
    ["does not come because the thread has ended", (thread) => thread.terminate()],
  ])("does not wait for an answer that %s", async (_, fail) => {
    const post = vi.spyOn(Worker.prototype, "postMessage");
    const engine = await createEngine();
    const model = await engine.trainer(...modelOfSize(20));
    const state = model.state();
    const thread = post.mock.contexts.at(-1);
    post.mockRestore();
    if (!(thread instanceof Worker)) throw new Error("The model is asked in a thread.");
    fail(thread);
    await expect(state).rejects.toThrow(EngineError);
    await expect(model.update()).rejects.toThrow(EngineError);
    await model.dispose();
  });

  it("says of a model that is gone that it is", async () => {
    const engine = await createEngine();
    const model = await engine.trainer(...modelOfSize(20));
    await model.dispose();
    await model.dispose();
    await expect(model.update()).rejects.toThrow(EngineError);
  });
});

/** Conv5_FC3 for cubes of `size` voxels, and how it learns. */
function modelOfSize(size: number): Parameters<Engine["trainer"]> {
  const network = buildNetwork({
    architecture: "Conv5_FC3",
    inputSize: [1, size, size, size],
    outputSize: 2,
    dropout: 0,
    latentSpaceSize: 1,
    task: "classification",
  });
  const optimizer = { name: "Adam", learningRate: 1e-3, weightDecay: 0 } as const;
  const objective = { loss: "CrossEntropyLoss", classes: 2 } as const;
  return [network, { objective, optimizer, weights: initialState(network, 5), dropoutSeed: 0 }];
}
