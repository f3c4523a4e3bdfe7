import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildNetwork } from "../../../src/network/building/build";
import { planTransfer } from "../../../src/training/loop/transfer";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn } from "../../support/study";

const refusedSource = (transfer_path: string) =>
  problemsOf(() =>
    planTransfer(
      { ...experimentOn(temporaryFolder()), transfer_path },
      {
        network: buildNetwork({
          architecture: "Conv4_FC3",
          inputSize: [1, 64, 64],
          outputSize: 2,
          task: "classification",
          dropout: 0,
          latentSpaceSize: 2,
        }),
        splits: [0],
        networks: [null],
      },
    ),
  );

const written = (...path: readonly string[]) => {
  const file = join(temporaryFolder(), ...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "weights");
  return file;
};

describe("transfer_path", () => {
  it.each(["model.pth", "model.pt", "epoch=3.ckpt"])("is no file of weights: %s", async (name) => {
    const file = written(name);
    expect(await refusedSource(file)).toMatchObject([
      {
        code: "transfer.file",
        where: "transfer_path",
        message: expect.stringContaining(`${file} is a file, and a transfer begins from a MAPS`),
        remedy: expect.stringMatching(/^Give the folder of the MAPS\. /),
      },
    ]);
  });

  it.each([
    ["holds a zero byte", "ma\0ps"],
    ["is longer than a name may be", "m".repeat(5000)],
    ["leads through a file", join(written("notes"), "maps")],
  ])("that %s is no MAPS that can be read", async (_, path) => {
    expect(await refusedSource(path)).toMatchObject([{ code: "maps.none", where: "transfer_path" }]);
  });

  it("that is a file of a MAPS leads to the folder of that", async () => {
    const file = written("maps", "split-0", "best-loss", "model.pth.tar");
    const maps = dirname(dirname(dirname(file)));
    writeFileSync(join(maps, "maps.json"), "{}");
    expect(await refusedSource(file)).toMatchObject([
      {
        code: "transfer.file",
        remedy: expect.stringContaining(`Give the folder of the MAPS: ${maps} holds this file.`),
        instead: { values: [maps] },
      },
    ]);
  });
});
