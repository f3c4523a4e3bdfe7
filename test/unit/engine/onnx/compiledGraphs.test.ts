import { describe, expect, it } from "vitest";
import { CompiledGraphs, LargeSession } from "../../../../src/engine/onnx/compiledGraphs";
import { square } from "../../../../src/engine/onnx/graph/arithmetic";
import { GraphBuilder } from "../../../../src/engine/onnx/graph/graphBuilder";

const LARGE = 1 << 24;
const SMALL = 10;

/** Two kinds of graphs that share the place for a large session, and a record of what was built. */
function kinds() {
  const built: string[] = [];
  const large = new LargeSession();
  const kind = (name: string) => {
    const graphs = new CompiledGraphs<{ readonly model: Uint8Array }>(1, large);
    return {
      get: (batchSize: number, sampleLength: number) =>
        graphs.get(batchSize, sampleLength, () => {
          built.push(`${name} ${batchSize}`);
          const graph = new GraphBuilder();
          graph.output("y", square(graph.input("x", "float32", [batchSize])));
          return { model: graph.serialize() };
        }),
      dispose: () => graphs.dispose(),
    };
  };
  return { built, training: kind("training"), evaluation: kind("evaluation") };
}

describe("CompiledGraphs", () => {
  it("keeps the graphs of small batches", async () => {
    const { built, training, evaluation } = kinds();
    for (let epoch = 0; epoch < 2; epoch++) {
      await training.get(4, SMALL);
      await training.get(3, SMALL);
      await evaluation.get(4, SMALL);
    }
    await Promise.all([training.dispose(), evaluation.dispose()]);
    expect(built).toEqual(["training 4", "training 3", "evaluation 4"]);
  });

  it("has one session of a large batch open at a time", async () => {
    const { built, training, evaluation } = kinds();
    const first = await training.get(4, LARGE);
    expect(await training.get(4, LARGE)).toBe(first);
    await evaluation.get(4, LARGE);
    await expect(first.session.run({})).rejects.toThrow();
    await training.get(4, LARGE);
    await Promise.all([training.dispose(), evaluation.dispose()]);
    expect(built).toEqual(["training 4", "evaluation 4", "training 4"]);
  });

  it("tries again after a failure", async () => {
    const graphs = new CompiledGraphs<{ readonly model: Uint8Array }>(1, new LargeSession());
    const failing = graphs.get(1, SMALL, () => {
      throw new Error("not yet");
    });
    await expect(failing).rejects.toThrow("not yet");
    const graph = new GraphBuilder();
    graph.output("y", square(graph.input("x", "float32", [1])));
    await graphs.get(1, SMALL, () => ({ model: graph.serialize() }));
    await graphs.dispose();
  });
});
