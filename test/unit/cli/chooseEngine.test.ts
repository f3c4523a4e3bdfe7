import { describe, expect, it } from "vitest";
import { chooseEngine } from "../../../src/cli/engines/chooseEngine";
import { EngineError } from "../../../src/engine/engine";
import { fakeTensorFlow } from "../../support/fakeTensorFlow";
import { temporaryFolder } from "../../support/folder";

const GPU = "@tensorflow/tfjs-node-gpu";
const CPU = "@tensorflow/tfjs-node";

/** A folder in which npm had installed these. */
function folderWith(
  ...packages: readonly [typeof GPU | typeof CPU, Parameters<typeof fakeTensorFlow>[2]][]
): string {
  const folder = temporaryFolder();
  for (const [library, kind] of packages) fakeTensorFlow(folder, library, kind);
  return folder;
}

const choose = (name: "auto" | "onnx" | "tensorflow", ...folders: string[]) =>
  chooseEngine(name, { threads: 2, folders });

describe("the engine auto", () => {
  it("is onnxruntime where there is no TensorFlow", async () => {
    const { name, description } = await choose("auto", temporaryFolder());
    expect(name).toBe("onnx");
    expect(description).toMatchObject({ library: "onnxruntime-node", device: "CPU", threads: 2 });
  });

  it("is TensorFlow where a GPU answers", async () => {
    const { name, description } = await choose("auto", folderWith([GPU, "on a GPU"]));
    expect(name).toBe("tensorflow");
    expect(description).toMatchObject({ library: GPU, version: "4.22.0", threads: 2 });
    expect(description.device).toMatch(/^GPU/);
  });

  it("is onnxruntime where TensorFlow is there but no GPU", async () => {
    const folder = folderWith([GPU, "on the CPU"], [CPU, "on the CPU"]);
    expect((await choose("auto", folder)).name).toBe("onnx");
  });

  it("is onnxruntime where TensorFlow fails, even where it would end the process", async () => {
    const folder = folderWith([GPU, "without its native part"], [CPU, "for another processor"]);
    expect((await choose("auto", folder)).name).toBe("onnx");
  });

  it("is the first GPU that answers, in whichever folder", async () => {
    const folders = [folderWith([GPU, "without its native part"]), folderWith([GPU, "on a GPU"])];
    expect((await choose("auto", ...folders)).name).toBe("tensorflow");
  });
});

describe("the engine onnx", () => {
  it("is onnxruntime, whatever else is there", async () => {
    expect((await choose("onnx", folderWith([GPU, "on a GPU"]))).name).toBe("onnx");
  });

  it("takes all cores for 0 threads", async () => {
    const { description } = await chooseEngine("onnx", { threads: 0, folders: [] });
    expect(description.threads).toBeGreaterThanOrEqual(1);
  });
});

describe("the engine tensorflow", () => {
  it("is one on a GPU before one on the CPU", async () => {
    const folders = [folderWith([CPU, "on the CPU"]), folderWith([GPU, "on a GPU"])];
    const { description } = await choose("tensorflow", ...folders);
    expect(description.library).toBe(GPU);
  });

  it("is one on the CPU where no GPU answers", async () => {
    const { description } = await choose("tensorflow", folderWith([CPU, "on the CPU"]));
    expect(description).toMatchObject({ library: CPU, device: "CPU" });
  });

  it("says how to install it where it is not there", async () => {
    const attempt = choose("tensorflow", temporaryFolder());
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(/gyrus engines install tensorflow-gpu.*auto or onnx/);
  });

  it("says of every installation why it cannot be used", async () => {
    const folder = folderWith([GPU, "without its native part"], [CPU, "that is something else"]);
    await expect(choose("tensorflow", folder)).rejects.toThrow(
      /install script did not run.*not the functions of TensorFlow\.js.*auto or onnx/,
    );
  });
});
