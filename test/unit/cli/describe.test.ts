import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";

function written(content: string): string {
  const file = join(temporaryFolder(), "network.json");
  writeFileSync(file, content);
  return file;
}

const ownLayers = {
  convolutions: [
    { layer: "Conv", out_channels: 4, kernel_size: 3, padding: 1 },
    { layer: "ReLU" },
    { layer: "PadMaxPool", kernel_size: 2 },
  ],
  fc: [{ layer: "Flatten" }, { layer: "Linear" }],
};

describe("gyrus describe", () => {
  it("prints one object: parameters in all, and each layer with its shapes", async () => {
    const { exit, printed } = await gyrus("describe", "Conv5_FC3", "--input-size", "1@169x208x179", "--json");
    expect(exit).toBe(EXIT.done);
    const { parameters, layers } = resultOf(printed);
    // Five convolutions with their norms, then 128 maps of 6 x 7 x 6 to 1300, to 50, to 2.
    const convolutions = [1, 8, 16, 32, 64].map((maps, block) => (27 * maps + 3) * (8 << block));
    const linear = [(128 * 6 * 7 * 6 + 1) * 1300, 1301 * 50, 51 * 2];
    expect(parameters).toBe([...convolutions, ...linear].reduce((sum, count) => sum + count));
    expect(layers).toHaveLength(27);
    expect(layers[0]).toEqual({
      name: "convolutions.0",
      kind: "Conv",
      input: [1, 169, 208, 179],
      output: [8, 169, 208, 179],
      parameters: 224,
    });
    expect(layers.at(-1)).toEqual({
      name: "fc.6",
      kind: "Linear",
      input: [50],
      output: [2],
      parameters: 102,
    });
  });

  it("shows the autoencoder that transposition makes", async () => {
    const { printed } = await gyrus(
      "describe",
      "Conv5_FC3",
      "--input-size",
      "1@50x50x50",
      "--autoencoder",
      "--json",
    );
    const { layers } = resultOf(printed);
    expect(layers.at(-3)).toMatchObject({
      name: "decoder.17",
      kind: "ConvTranspose",
      output: [1, 50, 50, 50],
    });
  });

  it("draws a table for people", async () => {
    const { printed } = await gyrus("describe", "Conv5_FC3", "--input-size", "1@50x50x50");
    expect(printed).toMatch(/^convolutions\.7 +PadMaxPool +16@25x25x25 +16@13x13x13 +1,1,1/m);
    expect(printed).toMatch(/1,692,372 parameters$/);
  });

  it.each([
    ["of an experiment", JSON.stringify({ architecture: ownLayers })],
    ["by themselves", JSON.stringify(ownLayers)],
  ])("takes a user's own layers, %s", async (_, content) => {
    const { exit, printed } = await gyrus("describe", written(content), "--input-size", "1@9x8x7", "--json");
    expect(exit).toBe(EXIT.done);
    expect(resultOf(printed).layers.at(-1)).toMatchObject({ name: "fc.1", input: [320], output: [2] });
  });

  it.each([
    ["a name that nobody knows", ["Conv5"], /no network named "Conv5"\. Choose one of Conv5_FC3/],
    ["a size that is none", ["Conv5_FC3", "--input-size", "50x50"], /--input-size 50x50: expected channels@/],
    ["an input that is too small", ["Stride_Conv5_FC3", "--input-size", "0@9x9x9"], /0@9x9x9/],
    ["a file that is not there", ["own.json"], /own\.json: The file does not exist\./],
    ["no architecture", [], /ARCHITECTURE is missing/],
  ])("refuses %s", async (_, words, said) => {
    const outcome = await gyrus("describe", ...words);
    expect(outcome.exit).toBe(EXIT.badInput);
    expect(outcome.said).toMatch(said);
    expect(outcome.printed).toBe("");
  });

  it("refuses a file that is not JSON, and layers that are none, with the file", async () => {
    const torn = written("{");
    expect(await gyrus("describe", torn)).toMatchObject({
      exit: EXIT.badInput,
      said: expect.stringContaining(`${torn}: It is not JSON`),
    });
    const unknown = written(JSON.stringify({ convolutions: [{ layer: "Convv" }], fc: [] }));
    expect(await gyrus("describe", unknown)).toMatchObject({
      exit: EXIT.badInput,
      said: expect.stringContaining(unknown),
    });
  });
});
