import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../../src/network/building/build";
import { receptiveFields } from "../../../src/network/shapes/receptiveField";
import { traceShapes } from "../../../src/network/shapes/shape";

const fieldsOf = (architecture: string, inputSize: readonly number[]) =>
  receptiveFields(
    traceShapes(
      buildNetwork({
        architecture,
        inputSize,
        outputSize: 2,
        dropout: 0,
        latentSpaceSize: 8,
        task: architecture.startsWith("AE_") ? "reconstruction" : "classification",
      }),
    ),
  );

describe("receptiveFields", () => {
  it("grow by each kernel, times the strides before it", () => {
    const fields = fieldsOf("Conv5_FC3", [1, 50, 50, 50]);
    const sizes = [0, 3, 4, 7, 8, 11, 12, 15, 16, 19].map(
      (layer) => fields.get(`convolutions.${layer}`)?.size[0],
    );
    expect(sizes).toEqual([3, 4, 8, 10, 18, 22, 38, 46, 78, 94]);
    expect(fields.get("convolutions.19")?.jump).toEqual([32, 32, 32]);
  });

  it("are the whole input after a linear layer", () => {
    const fields = fieldsOf("Conv5_FC3", [1, 50, 50, 50]);
    expect(fields.get("fc.2")).toBeNull();
    expect(fields.get("fc.6")).toBeNull();
  });

  it("of the stages of ResNet-18 are those of the larger side of each block", () => {
    const fields = fieldsOf("resnet18", [3, 224, 224]);
    const sizes = ["3", "4.1", "5.1", "6.1", "7.1"].map(
      (stage) => fields.get(`convolutions.${stage}`)?.size[0],
    );
    expect(sizes).toEqual([11, 43, 99, 211, 435]);
    expect(fields.get("convolutions.5.0.downsample.0")?.size).toEqual([43, 43]);
    expect(fields.get("convolutions.8")).toBeNull();
  });

  it("come back to single voxels through the decoder", () => {
    const fields = fieldsOf("AE_Conv5_FC3", [1, 50, 50]);
    expect(fields.get("decoder.0")).toEqual({ size: [94, 94], jump: [16, 16] });
    expect(fields.get("decoder.1")).toEqual({ size: [126, 126], jump: [16, 16] });
    expect(fields.get("decoder.19")?.jump).toEqual([1, 1]);
  });
});
