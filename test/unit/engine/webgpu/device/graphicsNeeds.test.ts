import { describe, expect, it } from "vitest";
import { type GraphicsMachine, graphicsNeeds } from "../../../../../src/engine/webgpu/device/graphicsNeeds";
import { sentenceText } from "../../../../../src/network/sentence";

interface Parts {
  readonly platform?: NodeJS.Platform;
  readonly environment?: NodeJS.ProcessEnv;
  /** All files there are. */
  readonly files?: readonly string[];
  /** Those that the user may not use. */
  readonly barred?: readonly string[];
  /** What `ldconfig -p` lists. */
  readonly libraries?: readonly string[];
  readonly kernel?: string;
}

function machine({
  platform = "linux",
  environment = {},
  files = [],
  barred = [],
  libraries = ["libvulkan.so.1"],
  kernel = "6.1.0-25-amd64",
}: Parts): GraphicsMachine {
  return {
    platform,
    environment,
    kernel,
    run: async (command) => (command === "ldconfig" ? libraries.join("\n") : null),
    filesIn: (folder) =>
      files.filter((file) => file.startsWith(`${folder}/`)).map((file) => file.slice(folder.length + 1)),
    exists: (file) => files.includes(file),
    mayUse: (file) => !barred.includes(file),
  };
}

const needs = async (parts: Parts) => (await graphicsNeeds(machine(parts))).map((need) => sentenceText(need));

const AMD = ["/dev/dri/renderD128", "/dev/dri/card0", "/usr/share/vulkan/icd.d/radeon_icd.x86_64.json"];
const LAVAPIPE = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";
const NVIDIA = ["/dev/nvidia0", "/dev/nvidiactl"];

describe("graphicsNeeds", () => {
  it("finds nothing missing where all is there", async () => {
    expect(await needs({ files: AMD })).toEqual([]);
    expect(await needs({ files: [...NVIDIA, "/etc/vulkan/icd.d/nvidia_icd.json"] })).toEqual([]);
    const named = { VK_DRIVER_FILES: "/opt/driver/nvidia_icd.json" };
    expect(await needs({ files: [...NVIDIA, named.VK_DRIVER_FILES], environment: named })).toEqual([]);
  });

  it("asks nothing of systems that bring all of it", async () => {
    expect(await needs({ platform: "darwin", libraries: [] })).toEqual([]);
    expect(await needs({ platform: "win32", libraries: [] })).toEqual([]);
  });

  it("names the package of the loader", async () => {
    expect(await needs({ files: AMD, libraries: [] })).toEqual([
      expect.stringMatching(/libvulkan\.so\.1.*apt install libvulkan1.*dnf install vulkan-loader/),
    ]);
    const environment = { LD_LIBRARY_PATH: "/opt/vulkan/lib" };
    const files = [...AMD, "/opt/vulkan/lib/libvulkan.so.1"];
    expect(await needs({ files, libraries: [], environment })).toEqual([]);
  });

  it("counts no driver that computes on the processor", async () => {
    expect(await needs({ files: ["/dev/dri/renderD128", LAVAPIPE] })).toEqual([
      expect.stringMatching(/no Vulkan driver for a card.*mesa-vulkan-drivers/),
    ]);
  });

  it("names a driver file that a variable names and that is not there", async () => {
    const environment = { VK_ICD_FILENAMES: "/old/nvidia_icd.json" };
    expect(await needs({ files: AMD, environment })).toEqual([
      expect.stringMatching(/names \/old\/nvidia_icd\.json, which is not there/),
    ]);
  });

  it("knows a compute node whose driver has no graphics part", async () => {
    expect(await needs({ files: [...NVIDIA, LAVAPIPE] })).toEqual([
      expect.stringMatching(/without its graphics part.*libnvidia-gl-VERSION.*--no-opengl-files/),
    ]);
  });

  it("knows a container that was started for CUDA alone", async () => {
    const environment = { NVIDIA_DRIVER_CAPABILITIES: "compute,utility" };
    expect(await needs({ files: [...NVIDIA, "/.dockerenv"], environment })).toEqual([
      expect.stringMatching(/NVIDIA_DRIVER_CAPABILITIES=compute,utility\).*NVIDIA_DRIVER_CAPABILITIES=all/),
    ]);
  });

  it("knows a container without the driver file, of Docker or Apptainer", async () => {
    const said = [expect.stringMatching(/no nvidia_icd\.json.*--nv --bind/)];
    const all = { NVIDIA_DRIVER_CAPABILITIES: "all" };
    expect(await needs({ files: [...NVIDIA, "/.dockerenv"], environment: all })).toEqual(said);
    expect(await needs({ files: NVIDIA, environment: { APPTAINER_CONTAINER: "/image.sif" } })).toEqual(said);
  });

  it("tells who may not use the card how to be let in", async () => {
    expect(await needs({ files: AMD, barred: ["/dev/dri/renderD128"] })).toEqual([
      expect.stringMatching(/may not use \/dev\/dri\/renderD128.*usermod -aG render,video/),
    ]);
    const files = [...NVIDIA, "/usr/share/vulkan/icd.d/nvidia_icd.json"];
    expect(await needs({ files, barred: ["/dev/nvidia0"] })).toEqual([
      expect.stringMatching(/may not use \/dev\/nvidia0/),
    ]);
  });

  it("knows a machine without a card, and a container that none is passed into", async () => {
    const driver = AMD.slice(2);
    expect(await needs({ files: driver })).toEqual([expect.stringMatching(/shows no graphics card/)]);
    expect(await needs({ files: [...driver, "/run/.containerenv"] })).toEqual([
      expect.stringMatching(/passed into this container.*--device \/dev\/dri/),
    ]);
  });

  it("knows WSL, which has no driver of the card's maker for Vulkan", async () => {
    expect(await needs({ kernel: "5.15.167.4-microsoft-standard-WSL2", files: ["/dev/dxg"] })).toEqual([
      expect.stringMatching(/Within WSL/),
    ]);
  });

  it("tells everything at once, what has to come first first", async () => {
    expect(await needs({ libraries: [] })).toEqual([
      expect.stringMatching(/libvulkan/),
      expect.stringMatching(/no Vulkan driver/),
      expect.stringMatching(/no graphics card/),
    ]);
  });
});
