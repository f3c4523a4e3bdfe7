import { mkdirSync } from "node:fs";
import { join } from "node:path";
import util from "node:util";
import { describe, expect, it } from "vitest";
import { EngineError } from "../../../../src/engine/engine";
import { findTensorFlow } from "../../../../src/engine/tensorflow/library/findTensorFlow";
import { loadTensorFlow } from "../../../../src/engine/tensorflow/library/loadTensorFlow";
import { fakeTensorFlow } from "../../../support/fakeTensorFlow";
import { temporaryFolder } from "../../../support/folder";

const GPU = "@tensorflow/tfjs-node-gpu";
const CPU = "@tensorflow/tfjs-node";

describe("findTensorFlow", () => {
  it("finds nothing where nothing is, or no folder", () => {
    expect(findTensorFlow([temporaryFolder(), join(temporaryFolder(), "absent")])).toEqual([]);
  });

  it("finds the package for the GPU before that for the CPU", () => {
    const folder = temporaryFolder();
    const cpu = fakeTensorFlow(folder, CPU, "on the CPU");
    const gpu = fakeTensorFlow(folder, GPU, "on a GPU");
    expect(findTensorFlow([folder])).toEqual([
      { library: GPU, version: "4.22.0", folder: gpu },
      { library: CPU, version: "4.22.0", folder: cpu },
    ]);
  });

  it("finds what a program in the folder would find above it", () => {
    const folder = temporaryFolder();
    const place = fakeTensorFlow(folder, CPU, "on the CPU");
    const below = join(folder, "study", "first");
    mkdirSync(below, { recursive: true });
    expect(findTensorFlow([below]).map((found) => found.folder)).toEqual([place]);
  });

  it("takes the folder of the package itself", () => {
    const place = fakeTensorFlow(temporaryFolder(), GPU, "on a GPU");
    expect(findTensorFlow([place]).map((found) => found.folder)).toEqual([place]);
  });

  it("keeps the order of the folders, and names each installation once", () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const cpu = fakeTensorFlow(first, CPU, "on the CPU");
    const gpu = fakeTensorFlow(second, GPU, "on a GPU");
    expect(findTensorFlow([first, second, cpu, first]).map(({ folder }) => folder)).toEqual([cpu, gpu]);
  });
});

describe("loadTensorFlow", () => {
  it.each([
    ["on a GPU", true],
    ["on the CPU", false],
  ] as const)("says of one %s whether it uses a GPU: %s", async (kind, usesGpu) => {
    const loaded = await loadTensorFlow(fakeTensorFlow(temporaryFolder(), GPU, kind), 2);
    expect(loaded.usesGpu).toBe(usesGpu);
    expect(typeof loaded.tf.valueAndGrads).toBe("function");
  });

  it("gives tfjs-node the functions back that Node 23 has taken away", async () => {
    Reflect.deleteProperty(util, "isNullOrUndefined");
    const place = fakeTensorFlow(temporaryFolder(), CPU, "that calls what Node 23 has not");
    await expect(loadTensorFlow(place, 1)).resolves.toMatchObject({ usesGpu: false });
  });

  it("leaves what the user has set", async () => {
    process.env.TF_FORCE_GPU_ALLOW_GROWTH = "false";
    await loadTensorFlow(fakeTensorFlow(temporaryFolder(), CPU, "on the CPU"), 3);
    expect(process.env.TF_FORCE_GPU_ALLOW_GROWTH).toBe("false");
    expect(process.env.NVIDIA_TF32_OVERRIDE).toBe("0");
  });

  it.each([
    ["without its native part", /tfjs_binding\.node.*install script did not run.*gyrus engines install/],
    ["that is something else", /not the functions of TensorFlow\.js.*Install it again/],
  ] as const)("says why one %s cannot be used, and what to do", async (kind, message) => {
    const attempt = loadTensorFlow(fakeTensorFlow(temporaryFolder(), GPU, kind), 1);
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(message);
  });
});
