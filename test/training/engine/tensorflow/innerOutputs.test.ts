import { vi } from "vitest";
import type { valueLoss } from "../../../../src/engine/tensorflow/losses";
import { describeInnerOutputs } from "../../../support/engineSuite/innerSuite";
import { createTensorFlow } from "../../../support/tensorFlow";

vi.mock("../../../../src/statistics/losses/mseLoss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { mseLoss: definitionReading("code") };
});
vi.mock("../../../../src/statistics/losses/l1Loss", async () => {
  const { definitionReading } = await import("../../../support/engineSuite/innerLoss");
  return { l1Loss: definitionReading("features") };
});
vi.mock("../../../../src/engine/tensorflow/losses", async (original) => {
  const { lossReading } = await import("../../../support/engineSuite/innerLoss");
  const reading: typeof valueLoss = (tf, loss, _objective, output, target, inner) =>
    lossReading(loss === "MSELoss" ? "code" : "features")(tf, output, target, inner);
  return { ...(await original<object>()), valueLoss: reading };
});

describeInnerOutputs(createTensorFlow);
