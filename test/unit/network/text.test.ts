import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { buildNetwork, type NetworkRequest } from "../../../src/network/building/build";
import { pythonFloat } from "../../../src/network/definition/pythonText";
import { networkText } from "../../../src/network/drawing/text";

const fixture = (name: string) =>
  readFileSync(resolve(import.meta.dirname, "../../fixtures/network", name), "utf8").trimEnd();
const build = (request: Pick<NetworkRequest, "architecture" | "inputSize" | "task">) =>
  buildNetwork({ outputSize: 2, dropout: 0, latentSpaceSize: 128, ...request });

describe("networkText", () => {
  it("is the `- Model :` block of ClinicaDL's information.log for a CNN", () => {
    const network = build({ architecture: "Conv5_FC3", inputSize: [1, 49, 57, 45], task: "classification" });
    expect(networkText(network)).toBe(fixture("modelOfMapsImage.txt"));
  });

  it("is that of an autoencoder, too", () => {
    const network = build({
      architecture: "AE_Conv5_FC3",
      inputSize: [1, 49, 57, 45],
      task: "reconstruction",
    });
    expect(networkText(network)).toBe(fixture("modelOfMapsAe.txt"));
  });

  it("nests the stages of resnet18 as torchvision does", () => {
    const lines = networkText(
      build({ architecture: "resnet18", inputSize: [3, 64, 64], task: "classification" }),
    ).split("\n");
    expect(lines).toContain("    (4): Sequential(");
    expect(lines).toContain("      (1): BasicBlock(");
    expect(lines).toContain("        (downsample): Sequential(");
    expect(lines).toContain("          (0): Conv2d(64, 128, kernel_size=(1, 1), stride=(2, 2), bias=False)");
    expect(lines).toContain("    (fc_out): Linear(in_features=1000, out_features=2, bias=True)");
  });
});

describe("pythonFloat", () => {
  it("writes numbers as Python does", () => {
    expect([0, 1, 0.5, 0.1, 1e-4, 1e-5, 2.5e-7, 1e16].map(pythonFloat)).toEqual([
      "0.0",
      "1.0",
      "0.5",
      "0.1",
      "0.0001",
      "1e-05",
      "2.5e-07",
      "1e+16",
    ]);
  });
});
