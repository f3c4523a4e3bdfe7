import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";
import { createJavaScriptEngine } from "../../../support/tensorFlow";

describeLosses(createJavaScriptEngine);
describeModel(createJavaScriptEngine);
describeSaliency(createJavaScriptEngine);
