import { describeLayers } from "../../../support/engineSuite/layerSuite";
import { createTensorFlow } from "../../../support/tensorFlow";

describeLayers(createTensorFlow);
