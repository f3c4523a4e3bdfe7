import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ownTables, testTables } from "../../../src/extension/commands/chooseData";
import { readInterpretation, readReported } from "../../../src/extension/commands/replies";
import { temporaryFolder } from "../../support/folder";

describe("what `gyrus interpret --json` printed", () => {
  it("is read, and nothing else is", () => {
    const result = { folders: ["/data/maps"] };
    expect(readInterpretation(JSON.stringify({ ok: true, result }))).toEqual({ ok: true, result });
    expect(readInterpretation("[]")).toBeNull();
    expect(readInterpretation("Segmentation fault")).toBeNull();
  });
});

describe("what `gyrus report --json` printed", () => {
  it("says which file was written", () => {
    const result = { file: "/data/report.html" };
    expect(readReported(JSON.stringify({ ok: true, result }))).toEqual({ ok: true, result });
    expect(readReported(JSON.stringify({ ok: true, result: {} }))).toBeNull();
  });
});

describe("the tables that are offered for a prediction", () => {
  it("are those that a split has set apart", async () => {
    const split = join(temporaryFolder(), "split");
    mkdirSync(split);
    for (const name of [
      "train.tsv",
      "validation_baseline.tsv",
      "test.tsv",
      "test_baseline.tsv",
      "split.json",
    ])
      writeFileSync(join(split, name), "");
    expect(await testTables([split, "/nowhere"])).toEqual(
      ["test.tsv", "test_baseline.tsv"].map((name) => join(split, name)),
    );
  });

  it("stand beside those of the training, of whose folds they were set apart", async () => {
    const maps = temporaryFolder();
    const own = async (tsv_path: string) => {
      writeFileSync(join(maps, "maps.json"), JSON.stringify({ tsv_path }));
      return await ownTables(maps);
    };
    expect(await own("/data/split")).toEqual([resolve("/data/split")]);
    expect(await own("/data/split/5_fold")).toEqual([resolve("/data/split/5_fold"), resolve("/data/split")]);
    expect(await own("")).toEqual([]);
    expect(await ownTables(join(maps, "gone"))).toEqual([]);
  });
});
