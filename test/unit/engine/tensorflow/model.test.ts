import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { createJavaScriptEngine } from "../../../support/tensorFlow";

describeLosses(createJavaScriptEngine);
describeModel(createJavaScriptEngine);
