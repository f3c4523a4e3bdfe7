import { describe } from "vitest";
import { describeLayers } from "../../../support/engineSuite/layerSuite";
import { hasSoftwareCard } from "../../../support/webGpu";
import { createSoftwareEngine } from "../../../support/webGpuEngine";

describe.skipIf(!hasSoftwareCard).each(["plain", "fast"] as const)("WebGPU, %s kernels", (form) => {
  describeLayers(() => createSoftwareEngine(form));
});
