import { describe, expect, it } from "vitest";
import { type EngineReport, inspectEngines } from "../../../src/engine/inspectEngines";
import { sentenceText } from "../../../src/network/sentence";
import { fakeTensorFlow } from "../../support/fakeTensorFlow";
import { temporaryFolder } from "../../support/folder";
import { GPU_MACHINE, linuxMachine } from "../../support/machine";

const GPU = "@tensorflow/tfjs-node-gpu";
const CPU = "@tensorflow/tfjs-node";

/** The report of the only TensorFlow in a new folder. */
async function reportOf(
  library: typeof GPU | typeof CPU,
  kind: Parameters<typeof fakeTensorFlow>[2],
  machine = GPU_MACHINE,
) {
  const folder = temporaryFolder();
  const place = fakeTensorFlow(folder, library, kind);
  const [, report] = await inspectEngines([folder], machine);
  expect(report).toMatchObject({ engine: "tensorflow", library, version: "4.22.0", folder: place });
  return report;
}

/** Why it cannot be used, in English. */
const told = (report: EngineReport | undefined) => report?.problem && sentenceText(report.problem);

describe("inspectEngines", () => {
  it("knows onnxruntime, where it stands and its version", async () => {
    const [onnx] = await inspectEngines([]);
    expect(onnx).toMatchObject({
      engine: "onnx",
      library: "onnxruntime-node",
      usable: true,
      devices: ["CPU"],
    });
    expect(onnx?.version).toMatch(/^1\.\d+/);
    expect(onnx?.folder).toMatch(/onnxruntime-node$/);
  });

  it("says how TensorFlow is installed where it is not", async () => {
    const [, tensorFlow] = await inspectEngines([temporaryFolder()]);
    expect(tensorFlow).toMatchObject({ library: GPU, version: null, folder: null, usable: false });
    expect(told(tensorFlow)).toContain("gyrus engines install tensorflow-gpu");
  });

  it("names the GPU that answers", async () => {
    expect(await reportOf(GPU, "on a GPU")).toMatchObject({
      usable: true,
      usesGpu: true,
      devices: ["NVIDIA RTX A4000"],
      problem: null,
    });
  });

  it("has nothing to say against the package for the CPU", async () => {
    const report = await reportOf(CPU, "on the CPU");
    expect(report).toMatchObject({ usable: true, usesGpu: false, devices: ["CPU"], problem: null });
  });

  it("says what is missing where the package for the GPU finds none", async () => {
    const report = await reportOf(GPU, "on the CPU", linuxMachine({ gpus: ["NVIDIA A100"] }));
    expect(report).toMatchObject({ usable: true, usesGpu: false, devices: ["CPU"] });
    expect(told(report)).toMatch(/computes on the CPU.*CUDA 11\.2 \(not found\).*cuDNN 8\.1 \(not found\)/);
  });

  it("says how to find out more where nothing seems to be missing", async () => {
    const report = await reportOf(GPU, "on the CPU");
    expect(told(report)).toContain("TF_CPP_MIN_LOG_LEVEL=0");
  });

  it("says why one cannot be used", async () => {
    const report = await reportOf(GPU, "without its native part");
    expect(report).toMatchObject({ usable: false, usesGpu: false, devices: [] });
    expect(told(report)).toContain("install script did not run");
  });

  it("outlives one that ends the process", async () => {
    const report = await reportOf(CPU, "for another processor");
    expect(report?.usable).toBe(false);
    expect(told(report)).toContain("instructions that this processor does not have");
  });

  it("lists every installation", async () => {
    const folder = temporaryFolder();
    fakeTensorFlow(folder, GPU, "without its native part");
    fakeTensorFlow(folder, CPU, "on the CPU");
    const reports = await inspectEngines([folder], GPU_MACHINE);
    expect(reports.map(({ library, usable }) => [library, usable])).toEqual([
      ["onnxruntime-node", true],
      [GPU, false],
      [CPU, true],
    ]);
  });
});
