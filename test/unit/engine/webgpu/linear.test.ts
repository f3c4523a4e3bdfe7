/** Linear on a device against matrix products in double precision, at the borders of its tiles and chunks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenDevice } from "../../../../src/engine/webgpu/device/openDevice";
import { recordLayer } from "../../../../src/engine/webgpu/layers";
import { gradientKey } from "../../../../src/engine/webgpu/pass";
import { hasSoftwareCard, openSoftwareDevice } from "../../../support/webGpu";
import { runLayer } from "../../../support/webgpu/deviceTape";
import { expectNear } from "../../../support/webgpu/nearness";
import { scattered } from "../../../support/webgpu/scattered";

describe.skipIf(!hasSoftwareCard)("Linear on a device", () => {
  let open: OpenDevice;
  beforeAll(async () => {
    open = await openSoftwareDevice();
  });
  afterAll(() => open.device.destroy());

  it.each([
    { samples: 1, features: 1, outputs: 1, bias: true },
    { samples: 2, features: 50, outputs: 2, bias: true },
    { samples: 8, features: 63, outputs: 4, bias: false },
    { samples: 9, features: 65, outputs: 5, bias: true },
    { samples: 32, features: 4097, outputs: 33, bias: true },
    { samples: 3, features: 20_000, outputs: 7, bias: true },
    { samples: 2, features: 7, outputs: 3000, bias: true },
    { samples: 70, features: 5, outputs: 3, bias: true },
  ])("computes $features to $outputs of $samples samples", async ({ samples, features, outputs, bias }) => {
    const x = scattered(samples * features, 1);
    const weight = scattered(outputs * features, 2);
    const biases = scattered(outputs, 3);
    const dy = scattered(samples * outputs, 4);
    const layer = { kind: "Linear", inFeatures: features, outFeatures: outputs, bias } as const;
    const { output, dx, model } = await runLayer(
      open.device,
      (input, pass) =>
        recordLayer("Linear", { layer, path: "l", input, pass, recordSequence: () => expect.unreachable() }),
      { shape: [samples, features], input: x, dy, parameters: { "l.weight": weight, "l.bias": biases } },
    );
    const wanted = {
      output: new Float64Array(samples * outputs),
      dx: new Float64Array(samples * features),
      dw: new Float64Array(outputs * features),
      db: new Float64Array(outputs),
    };
    for (let n = 0; n < samples; n++)
      for (let o = 0; o < outputs; o++) {
        const at = n * outputs + o;
        wanted.db[o]! += dy[at]!;
        wanted.output[at] = bias ? biases[o]! : 0;
        for (let f = 0; f < features; f++) {
          wanted.output[at]! += x[n * features + f]! * weight[o * features + f]!;
          wanted.dx[n * features + f]! += dy[at]! * weight[o * features + f]!;
          wanted.dw[o * features + f]! += dy[at]! * x[n * features + f]!;
        }
      }
    expectNear("output", output, wanted.output);
    expectNear("dx", dx, wanted.dx);
    expectNear("dw", model.get(gradientKey("l.weight")), wanted.dw);
    if (bias) expectNear("db", model.get(gradientKey("l.bias")), wanted.db);
  });
});
