import { describe, vi } from "vitest";
import { describeInnerOutputs } from "../../../support/engineSuite/innerSuite";
import { hasSoftwareCard } from "../../../support/webGpu";
import { createSoftwareEngine } from "../../../support/webGpuEngine";

vi.mock("../../../../src/statistics/losses/mseLoss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { mseLoss: definitionReading("code") };
});
vi.mock("../../../../src/statistics/losses/l1Loss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { l1Loss: definitionReading("features") };
});
vi.mock("../../../../src/engine/webgpu/losses/meanSquaredError", async () => {
  const { recorderReading } = await import("../../../support/webgpu/innerLoss");
  return { meanSquaredError: recorderReading("code") };
});
vi.mock("../../../../src/engine/webgpu/losses/meanAbsoluteError", async () => {
  const { recorderReading } = await import("../../../support/webgpu/innerLoss");
  return { meanAbsoluteError: recorderReading("features") };
});

describe.skipIf(!hasSoftwareCard)("WebGPU", () => {
  describeInnerOutputs(() => createSoftwareEngine());
});
