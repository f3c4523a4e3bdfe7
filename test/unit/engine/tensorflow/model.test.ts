import { describe } from "vitest";
import { describeBrokenWeights } from "../../../support/engineSuite/brokenWeightsSuite";
import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";
import { createJavaScriptEngine, createPassingOverNaN } from "../../../support/tensorFlow";

describeLosses(createJavaScriptEngine);
describeModel(createJavaScriptEngine);
describeBrokenWeights(createJavaScriptEngine);
describe("on a device whose pools pass over NaN", () => describeBrokenWeights(createPassingOverNaN));
describeSaliency(createJavaScriptEngine);
