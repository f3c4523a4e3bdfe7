/** `gyrus engines bench` as a program runs it, on a machine whose card the processor plays: such a card is never measured. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { hasSoftwareCard, softwareCardEnvironment } from "../../support/webGpu";

const program = resolve(import.meta.dirname, "../../../dist/cli.js");

it.skipIf(!hasSoftwareCard)("measures the processor, and says why not a card that it plays", async () => {
  const words = ["engines", "bench", "--size", "1@16x16x16", "--batch-size", "2", "--seconds", "0", "--json"];
  const { stdout, stderr, status } = spawnSync(process.execPath, [program, ...words], {
    encoding: "utf8",
    env: await softwareCardEnvironment(),
  });
  expect(status).toBe(0);
  const { result } = JSON.parse(stdout);
  expect(result).toMatchObject({ network: "Conv5_FC3", batch: "2 x 1@16x16x16", optimizer: "Adam" });
  expect(result.devices).toHaveLength(1);
  expect(result.devices[0]).toMatchObject({ engine: "onnx", device: "CPU", memory_mb: null });
  for (const figure of ["step_ms", "inference_ms", "product_gflop_per_second", "copy_gb_per_second"])
    expect(result.devices[0][figure]).toBeGreaterThan(0);
  expect(stderr).toMatch(/webgpu was not measured: .*SwiftShader.* is a program on the processor/);
});
