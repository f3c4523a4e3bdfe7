/** The same suites on TensorFlow itself, where it is installed in the project or in a folder of GYRUS_ENGINES. */
import { describe, it } from "vitest";
import { engineFolders } from "../../../src/cli/engineFolders";
import { findTensorFlow } from "../../../src/engine/tensorflow/findTensorFlow";
import { loadTensorFlow } from "../../../src/engine/tensorflow/loadTensorFlow";
import { createTensorFlowEngine } from "../../../src/engine/tensorflow/tensorFlowEngine";
import { describeAutoencoders } from "../../support/engineSuite/autoencoderSuite";
import { describeBrokenWeights } from "../../support/engineSuite/brokenWeightsSuite";
import { describeLayers } from "../../support/engineSuite/layerSuite";
import { describeLosses } from "../../support/engineSuite/lossSuite";
import { describeModel } from "../../support/engineSuite/modelSuite";
import { describePooling } from "../../support/engineSuite/poolingSuite";
import { describeSaliency } from "../../support/engineSuite/saliencySuite";
import { describeTraining } from "../../support/engineSuite/trainingSuite";

const [found] = findTensorFlow(engineFolders());

if (found === undefined) {
  it.skip("the TensorFlow engine on TensorFlow itself (neither tfjs-node-gpu nor tfjs-node is installed)");
} else {
  describe(`TensorFlow engine on ${found.library} ${found.version}`, async () => {
    const { tf } = await loadTensorFlow(found.folder, 2);
    const createEngine = () => createTensorFlowEngine(tf, { ...found, device: "TensorFlow", threads: 2 });
    describeLayers(createEngine);
    describeLosses(createEngine);
    describeModel(createEngine);
    describeBrokenWeights(createEngine);
    describeSaliency(createEngine);
    describePooling(createEngine);
    describeAutoencoders(createEngine);
    describeTraining(createEngine);
  });
}
