import { describe } from "vitest";
import { describeShares } from "../../../support/engineSuite/sharesSuite";
import { hasSoftwareCard } from "../../../support/webGpu";
import { createSoftwareEngine } from "../../../support/webGpuEngine";

describe.skipIf(!hasSoftwareCard)("WebGPU", () => {
  describeShares(() => createSoftwareEngine(), [5, 8]);
});
