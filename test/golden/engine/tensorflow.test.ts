import { describe } from "vitest";
import { describeAutoencoders } from "../../support/engineSuite/autoencoderSuite";
import { describePooling } from "../../support/engineSuite/poolingSuite";
import { describeTraining } from "../../support/engineSuite/trainingSuite";
import { createJavaScriptEngine } from "../../support/tensorFlow";

describe("TensorFlow engine on JavaScript", () => {
  describePooling(createJavaScriptEngine);
  describeAutoencoders(createJavaScriptEngine);
  describeTraining(createJavaScriptEngine);
});
