import { describe, vi } from "vitest";
import { describeAutoencoders } from "../../support/engineSuite/autoencoderSuite";
import { describePooling } from "../../support/engineSuite/poolingSuite";
import { describeSingleLayers } from "../../support/engineSuite/singleLayerSuite";
import { describeTraining } from "../../support/engineSuite/trainingSuite";
import { describeValueLosses } from "../../support/engineSuite/valueLossSuite";
import { createTensorFlow } from "../../support/tensorFlow";

// Loops in JavaScript take a hundred times as long as a library for tensors.
vi.setConfig({ testTimeout: 300_000 });

describe("TensorFlow engine", () => {
  describeSingleLayers(createTensorFlow);
  describePooling(createTensorFlow);
  describeAutoencoders(createTensorFlow);
  describeTraining(createTensorFlow);
  describeValueLosses(createTensorFlow);
});
