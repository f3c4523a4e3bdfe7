import { describe } from "vitest";
import { createOnnxEngine } from "../../../../src/engine/onnx/onnxEngine";
import { describeLayers } from "../../../support/engineSuite/layerSuite";

describe.each(["plain", "fast"] as const)("onnx engine, %s formulation", (formulation) => {
  describeLayers(() => createOnnxEngine({ threads: 1, formulation }));
});
