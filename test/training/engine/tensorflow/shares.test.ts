import { describeShares } from "../../../support/engineSuite/sharesSuite";
import { createTensorFlow } from "../../../support/tensorFlow";

describeShares(createTensorFlow);
