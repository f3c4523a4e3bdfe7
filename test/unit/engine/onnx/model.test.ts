import { describe } from "vitest";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";

describe.each(["plain", "fast"] as const)("onnx engine, %s formulation", (formulation) => {
  const createEngine = () => createOnnxEngine({ threads: 1, formulation });
  describeLosses(createEngine);
  describeModel(createEngine);
  describeSaliency(createEngine);
});
