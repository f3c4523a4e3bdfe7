import { describe, expect, it } from "vitest";
import { type EngineReport, inspectEngines } from "../../../src/engine/inspectEngines";
import type { GraphicsMachine } from "../../../src/engine/webgpu/device/graphicsNeeds";
import { sentence, sentenceText } from "../../../src/network/sentence";
import { fakeTensorFlow } from "../../support/fakeTensorFlow";
import { temporaryFolder } from "../../support/folder";
import { GPU_MACHINE, linuxMachine } from "../../support/machine";

const GPU = "@tensorflow/tfjs-node-gpu";
const CPU = "@tensorflow/tfjs-node";

const noCard = async () => ({ cards: [], problem: sentence`No graphics card answers here.` });

/** A Linux on which nothing of Vulkan stands. */
const bareLinux: GraphicsMachine = {
  platform: "linux",
  environment: {},
  kernel: "6.1.0",
  run: async () => "",
  filesIn: () => [],
  exists: () => false,
  mayUse: () => false,
};

/** The report of the only TensorFlow in a new folder. */
async function reportOf(
  library: typeof GPU | typeof CPU,
  kind: Parameters<typeof fakeTensorFlow>[2],
  machine = GPU_MACHINE,
) {
  const folder = temporaryFolder();
  const place = fakeTensorFlow(folder, library, kind);
  const [, , report] = await inspectEngines([folder], { machine, probe: noCard });
  expect(report).toMatchObject({ engine: "tensorflow", library, version: "4.22.0", folder: place });
  return report;
}

/** Why it cannot be used, in English. */
const told = (report: EngineReport | undefined) => report?.problem && sentenceText(report.problem);

describe("inspectEngines", () => {
  it("knows onnxruntime, where it stands and its version", async () => {
    const [onnx] = await inspectEngines([], { probe: noCard });
    expect(onnx).toMatchObject({
      engine: "onnx",
      library: "onnxruntime-node",
      usable: true,
      devices: ["CPU"],
    });
    expect(onnx?.version).toMatch(/^1\.\d+/);
    expect(onnx?.folder).toMatch(/onnxruntime-node$/);
  });

  it("tells the cards, the one that is taken first", async () => {
    const cards = ["Intel(R) UHD Graphics 770", "NVIDIA A40", "llvmpipe"].map((name) => ({
      name,
      software: name === "llvmpipe",
    }));
    const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 };
    const opened = { name: "NVIDIA A40", software: false, vendor: "nvidia", ...limits };
    const [, webGpu] = await inspectEngines([], { probe: async () => ({ cards, opened }) });
    expect(webGpu).toMatchObject({
      engine: "webgpu",
      library: "webgpu",
      version: "0.6.2",
      devices: ["NVIDIA A40", "Intel(R) UHD Graphics 770"],
      usable: true,
      usesGpu: true,
      problem: null,
    });
  });

  it("says that of cards with one name the first alone computes", async () => {
    const names = ["NVIDIA H100 80GB", "NVIDIA H100 80GB", "AMD Radeon Pro W6800", "NVIDIA H100 80GB"];
    const cards = names.map((name) => ({ name, software: false }));
    const limits = { maxBufferSize: 2 ** 30, maxStorageBufferBindingSize: 2 ** 30 };
    const opened = { ...cards[0]!, vendor: "nvidia", ...limits };
    const [, webGpu] = await inspectEngines([], { probe: async () => ({ cards, opened }) });
    expect(webGpu).toMatchObject({ usable: true, devices: names });
    expect(told(webGpu)).toMatch(/^NVIDIA H100 80GB is the name of 3 cards here, of which the first alone/);
  });

  it("says what a Linux lacks for its card", async () => {
    const [, webGpu] = await inspectEngines([], { graphics: bareLinux, probe: noCard });
    expect(webGpu).toMatchObject({ usable: false, usesGpu: false, devices: [] });
    expect(told(webGpu)).toMatch(/^No graphics card answers here\. The loader of Vulkan .* no Vulkan driver/);
  });

  it("names a card that is there and cannot be used", async () => {
    const cards = [{ name: "NVIDIA A40", software: false }];
    const probe = async () => ({ cards, problem: sentence`It needs another Node.` });
    const [, webGpu] = await inspectEngines([], { graphics: bareLinux, probe });
    expect(webGpu).toMatchObject({ usable: false, devices: ["NVIDIA A40"] });
    expect(told(webGpu)).toBe("It needs another Node.");
  });

  it("says how TensorFlow is installed where it is not", async () => {
    const [, , tensorFlow] = await inspectEngines([temporaryFolder()], { probe: noCard });
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
    const reports = await inspectEngines([folder], { machine: GPU_MACHINE, probe: noCard });
    expect(reports.map(({ library, usable }) => [library, usable])).toEqual([
      ["onnxruntime-node", true],
      ["webgpu", false],
      [GPU, false],
      [CPU, true],
    ]);
  });
});
