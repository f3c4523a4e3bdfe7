import { describe, expect, it } from "vitest";
import { gpuRequirements, type Machine } from "../../../../src/engine/tensorflow/library/machine";
import { sentenceText } from "../../../../src/network/sentence";
import { CUDA_LIBRARIES, GPU_MACHINE, linuxMachine } from "../../../support/machine";

const unmet = async (machine: Machine) =>
  (await gpuRequirements(machine))
    .filter(({ met }) => !met)
    .map(({ name, found }) => ({
      name: sentenceText(name),
      found: found === null || typeof found === "string" ? found : sentenceText(found),
    }));

describe("gpuRequirements", () => {
  it("are met by an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1", async () => {
    expect(await unmet(GPU_MACHINE)).toEqual([]);
    const [, , card] = await gpuRequirements(GPU_MACHINE);
    expect(card?.found).toBe("NVIDIA RTX A4000");
  });

  it("name what is missing", async () => {
    expect(await unmet(linuxMachine())).toEqual([
      { name: "an NVIDIA GPU with a driver of at least version 450", found: null },
      { name: "CUDA 11.2", found: null },
      { name: "cuDNN 8.1", found: null },
    ]);
  });

  it("tell a part of CUDA from all of it", async () => {
    const libraries = CUDA_LIBRARIES.filter((name) => name !== "libcusolver.so.11");
    expect(await unmet(linuxMachine({ gpus: ["NVIDIA A100"], libraries }))).toEqual([
      { name: "CUDA 11.2", found: "all but libcusolver.so.11" },
    ]);
  });

  it("look into LD_LIBRARY_PATH", async () => {
    const machine = {
      ...linuxMachine({ gpus: ["NVIDIA A100"] }),
      environment: { LD_LIBRARY_PATH: "/opt/other:/opt/cuda/lib64" },
      filesIn: (folder: string) => (folder === "/opt/cuda/lib64" ? CUDA_LIBRARIES : []),
    };
    expect(await unmet(machine)).toEqual([]);
  });

  it("look into PATH on Windows, whatever the case of the names", async () => {
    const machine: Machine = {
      ...linuxMachine({ gpus: ["NVIDIA RTX A4000"] }),
      platform: "win32",
      environment: { PATH: "C:\\Windows;C:\\CUDA\\v11.2\\bin" },
      filesIn: (folder) =>
        folder === "C:\\CUDA\\v11.2\\bin"
          ? [
              "cudart64_110.dll",
              "cublas64_11.dll",
              "cublasLt64_11.dll",
              "cufft64_10.dll",
              "curand64_10.dll",
              "cusolver64_11.dll",
              "cusparse64_11.dll",
              "CUDNN64_8.dll",
            ]
          : [],
    };
    expect(await unmet(machine)).toEqual([]);
  });

  it.each([
    { platform: "darwin", architecture: "arm64", found: "darwin on arm64" },
    { platform: "linux", architecture: "arm64", found: "linux on arm64" },
  ] as const)("refuse $found", async ({ platform, architecture, found }) => {
    expect(await unmet({ ...GPU_MACHINE, platform, architecture })).toContainEqual({
      name: "Linux or Windows on x64",
      found,
    });
  });

  it.each([
    ["18.20.4", false],
    ["20.18.3", false],
    ["20.19.0", true],
    ["24.1.0", true],
  ])("take Node %s: %s", async (nodeVersion, met) => {
    const requirements = await gpuRequirements({ ...GPU_MACHINE, nodeVersion });
    expect(requirements.find(({ name }) => sentenceText(name).startsWith("Node"))?.met).toBe(met);
  });
});
