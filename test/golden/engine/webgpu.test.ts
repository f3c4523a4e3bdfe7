import { describe, vi } from "vitest";
import { describeAutoencoders } from "../../support/engineSuite/autoencoderSuite";
import { describePooling } from "../../support/engineSuite/poolingSuite";
import { describeSingleLayers } from "../../support/engineSuite/singleLayerSuite";
import { describeTraining } from "../../support/engineSuite/trainingSuite";
import { describeValueLosses } from "../../support/engineSuite/valueLossSuite";
import { hasSoftwareCard } from "../../support/webGpu";
import { createSoftwareEngine } from "../../support/webGpuEngine";

// A processor that plays a card takes a hundred times as long as one.
vi.setConfig({ testTimeout: 600_000 });

describe.skipIf(!hasSoftwareCard)("WebGPU engine", () => {
  const create = () => createSoftwareEngine();
  describeSingleLayers(create);
  describePooling(create);
  describeAutoencoders(create);
  describeTraining(create);
  describeValueLosses(create);
});
