import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { markBeginning } from "../../../src/maps/folder/beginning";
import { readMapsJson } from "../../../src/maps/folder/mapsJson";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { alone } from "../../../src/maps/units/guard";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { writeTable } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const cli = resolve(import.meta.dirname, "../../../dist/cli.js");

/** A process of its own. @returns its exit code and what it said */
async function gyrus(...words: readonly string[]): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, [cli, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  const [code] = await once(child, "close");
  return { code, said };
}

/** Two folds of the same participants, in turn, and the experiment that trains them. */
async function twoFolds(
  folder: string,
  settings: Parameters<typeof phantomExperiment>[1] = {},
): Promise<string> {
  const study = await writePhantomStudy(folder, { train: 8, validation: 8 });
  const folds = [study.train, study.validation];
  for (const [split, validation] of folds.entries()) {
    writeTable(join(folder, "2_fold", `split-${split}`, "train.tsv"), folds[1 - split]!);
    writeTable(join(folder, "2_fold", `split-${split}`, "validation_baseline.tsv"), validation);
  }
  const experiment = phantomExperiment(folder, {
    tsv_path: join(folder, "2_fold"),
    n_splits: 2,
    ...settings,
  });
  const file = join(folder, "phantom.experiment.json");
  const given = Object.entries(experiment).filter(([, value]) => value !== null);
  const machine = { engine: "onnx", threads: 1, n_proc: 0 };
  writeFileSync(file, JSON.stringify({ ...Object.fromEntries(given), ...machine }));
  return file;
}

const parts = {
  multi_network: true,
  preprocessing_dict: { mode: "patch", patch_size: 5, stride_size: 5, preprocessing: "t1-linear" },
} as const;

describe("two processes that train one MAPS", () => {
  it("train a split each, and leave what one process leaves, bit for bit", async () => {
    const folder = temporaryFolder();
    const file = await twoFolds(folder, { epochs: 3 });
    const [whole, maps] = [join(folder, "whole"), join(folder, "together")];
    const both = ["0", "1"].map((split) =>
      gyrus("train", file, "--output", maps, "--join", "--split", split),
    );
    for (const { code, said } of await Promise.all(both)) expect(code, said).toBe(0);
    expect(await gyrus("train", file, "--output", whole)).toMatchObject({ code: 0 });

    expect(await contentOf(maps)).toEqual(await contentOf(whole));
    expect((await readMapsJson(maps)).json.split).toEqual([0, 1]);
    const lines = (place: string) =>
      readFileSync(mapsPlace(place).trainValidationTsv, "utf8").split("\n").sort();
    expect(lines(maps)).toEqual(lines(whole));
    expect(await readMaps(maps)).toMatchObject({ status: "finished", problems: [] });
  });

  it("share the networks of one split; the last one writes what they come to together", async () => {
    const folder = temporaryFolder();
    const file = await twoFolds(folder, {
      epochs: 2,
      n_splits: 0,
      ...parts,
      tsv_path: join(folder, "split"),
    });
    const [whole, maps] = [join(folder, "whole"), join(folder, "together")];
    const both = [0, 1].map(() => gyrus("train", file, "--output", maps, "--join"));
    for (const { code, said } of await Promise.all(both)) expect(code, said).toBe(0);
    expect(await gyrus("train", file, "--output", whole)).toMatchObject({ code: 0 });
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
    expect(await readMaps(maps)).toMatchObject({ status: "finished", problems: [] });
  });

  it("wait for each other where one is just making it", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder);
    const place = mapsPlace(join(folder, "maps"));
    const { folder: maps, groups, guard } = place;
    await markBeginning(place);
    mkdirSync(groups);
    let giveUp: () => void = () => {};
    const making = alone(guard, () => new Promise<void>((resolve) => (giveUp = resolve)));
    const training = trainPhantom(phantomExperiment(folder, { epochs: 1 }), maps, { join: true });
    const outcome = expect(training).resolves.toMatchObject({ outcome: { reason: "completed" } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    rmSync(groups, { recursive: true });
    giveUp();
    await making;
    await outcome;
  });

  it("must have the same settings, and ask to join", async () => {
    const folder = temporaryFolder();
    const file = await twoFolds(folder, { epochs: 1 });
    const maps = join(folder, "maps");
    expect(await gyrus("train", file, "--output", maps, "--split", "0")).toMatchObject({ code: 0 });
    expect((await gyrus("train", file, "--output", maps, "--split", "1")).said).toContain("already a MAPS");
    const other = join(folder, "other.experiment.json");
    writeFileSync(other, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), epochs: 2 }));
    const refused = await gyrus("train", other, "--output", maps, "--split", "1", "--join");
    expect(refused).toMatchObject({
      code: 2,
      said: expect.stringContaining('"epochs" is 2, but 1 in the MAPS.'),
    });
    expect(await gyrus("train", file, "--output", maps, "--split", "1", "--join")).toMatchObject({ code: 0 });
    expect((await readMaps(maps))?.splits.map(({ split }) => split)).toEqual([0, 1]);
  });
});
