import { describe } from "vitest";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { describeAutoencoders } from "../../support/engineSuite/autoencoderSuite";
import { describePooling } from "../../support/engineSuite/poolingSuite";
import { describeSingleLayers } from "../../support/engineSuite/singleLayerSuite";
import { describeTraining } from "../../support/engineSuite/trainingSuite";
import { describeValueLosses } from "../../support/engineSuite/valueLossSuite";

describe.each(["plain", "fast"] as const)("onnx engine, %s formulation", (formulation) => {
  const createEngine = () => createOnnxEngine({ threads: 2, formulation });
  describeSingleLayers(createEngine);
  describePooling(createEngine);
  describeAutoencoders(createEngine);
  describeTraining(createEngine);
  describeValueLosses(createEngine);
});
