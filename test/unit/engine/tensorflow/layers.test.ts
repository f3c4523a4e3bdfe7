import { describeLayers } from "../../../support/engineSuite/layerSuite";
import { createJavaScriptEngine } from "../../../support/tensorFlow";

describeLayers(createJavaScriptEngine);
