import { describe } from "vitest";
import { describeAttributions } from "../../../support/engineSuite/attributionSuite";
import { describeBrokenWeights } from "../../../support/engineSuite/brokenWeightsSuite";
import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeRandomNetworks } from "../../../support/engineSuite/randomNetworkSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";
import { createPassingOverNaN, createTensorFlow } from "../../../support/tensorFlow";

describeLosses(createTensorFlow);
describeModel(createTensorFlow);
describeBrokenWeights(createTensorFlow);
describe("on a device whose pools pass over NaN", () => describeBrokenWeights(createPassingOverNaN));
describeSaliency(createTensorFlow);
describeRandomNetworks(createTensorFlow);
describeAttributions(createTensorFlow);
