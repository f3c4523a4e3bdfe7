import { describe, vi } from "vitest";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { describeInnerOutputs } from "../../../support/engineSuite/innerSuite";

vi.mock("../../../../src/statistics/losses/mseLoss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { mseLoss: definitionReading("code") };
});
vi.mock("../../../../src/statistics/losses/l1Loss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { l1Loss: definitionReading("features") };
});
vi.mock("../../../../src/engine/onnx/losses/meanSquaredError", async () => {
  const { compilerReading } = await import("../../../support/engineSuite/innerLoss");
  return { meanSquaredError: compilerReading("code") };
});
vi.mock("../../../../src/engine/onnx/losses/meanAbsoluteError", async () => {
  const { compilerReading } = await import("../../../support/engineSuite/innerLoss");
  return { meanAbsoluteError: compilerReading("features") };
});

describe.each(["plain", "fast"] as const)("onnx engine, %s formulation", (formulation) => {
  describeInnerOutputs(() => createOnnxEngine({ threads: 1, formulation }));
});
