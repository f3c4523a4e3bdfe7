import { describe } from "vitest";
import { describeAttributions } from "../../../support/engineSuite/attributionSuite";
import { describeBrokenWeights } from "../../../support/engineSuite/brokenWeightsSuite";
import { describeLosses } from "../../../support/engineSuite/lossSuite";
import { describeModel } from "../../../support/engineSuite/modelSuite";
import { describeRandomNetworks } from "../../../support/engineSuite/randomNetworkSuite";
import { describeSaliency } from "../../../support/engineSuite/saliencySuite";
import { hasSoftwareCard } from "../../../support/webGpu";
import { createSoftwareEngine } from "../../../support/webGpuEngine";

describe.skipIf(!hasSoftwareCard)("WebGPU", () => {
  describeLosses(() => createSoftwareEngine());
  describeModel(() => createSoftwareEngine());
  describeBrokenWeights(() => createSoftwareEngine());
  describeSaliency(() => createSoftwareEngine());
  describeRandomNetworks(() => createSoftwareEngine());
  describeAttributions(() => createSoftwareEngine());
});
