import { Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { GraphBuilder } from "../../../../src/engine/onnx/graph/graphBuilder";
import { GraphSession } from "../../../../src/engine/onnx/session";

const BATCH = 16;

/** Zeros of the size that is fed as `shape`. */
function zerosGraph(): GraphBuilder {
  const graph = new GraphBuilder();
  const shape = graph.input("shape", "int64", [2]);
  const zeros = graph.node("ConstantOfShape", [shape], { type: "float32", shape: [1 << 20, 1 << 20] });
  const sum = graph.node("ReduceMax", [zeros], { type: "float32", shape: [1, 1] });
  graph.output("largest", sum);
  return graph;
}

describe("GraphSession", () => {
  it("says what to do when there is not enough memory", async () => {
    const session = await GraphSession.open(zerosGraph().serialize(), BATCH, 1);
    const huge = new Tensor("int64", BigInt64Array.of(1n << 20n, 1n << 20n), [2]);
    await expect(session.run({ shape: huge })).rejects.toThrow(
      /batch of 16.*`batch_size`.*`accumulation_steps`/,
    );
    const small = new Tensor("int64", BigInt64Array.of(2n, 3n), [2]);
    expect((await session.run({ shape: small })).get("largest")).toEqual(Float32Array.of(0));
    await session.dispose();
  });

  it("passes on what the runtime says about a graph that it cannot take", async () => {
    const graph = new GraphBuilder();
    const value = graph.input("value", "float32", [1]);
    graph.output("result", graph.node("NoSuchOperator", [value], value));
    await expect(GraphSession.open(graph.serialize(), BATCH, 1)).rejects.toThrow("NoSuchOperator");
  });
});
