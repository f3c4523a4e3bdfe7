import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { tinyArchitecture } from "../../support/phantomStudy";
import { imageFile, person, writeCaps, writeImage, writeTable } from "../../support/study";

let folder: string;
let file: string;
const train = [person("sub-1", "AD"), person("sub-2", "CN")];
const validation = [person("sub-3", "AD"), person("sub-4", "CN")];
const experiment = {
  caps_directory: "caps",
  tsv_path: "split",
  architecture: tinyArchitecture,
  n_proc: 0,
};

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder, "a.experiment.json");
  writeFileSync(file, JSON.stringify(experiment));
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
  await writeCaps(join(folder, "caps"), [...train, ...validation]);
});

describe("gyrus check", () => {
  it("says what would be trained on what, and writes nothing", async () => {
    const before = readdirSync(folder);
    const { exit, printed, said } = await gyrus("check", file, "--json");
    expect(exit).toBe(0);
    expect(resultOf(printed)).toMatchObject({
      inputSize: [1, 6, 5, 4],
      classes: ["AD", "CN"],
      splits: [{ split: 0, train: { used: { people: 2 } }, validation: { used: { people: 2 } } }],
    });
    expect(said).toMatch(/Split 0, training: 2 sessions of 2 people/);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("refuses as the training would, with every problem", async () => {
    writeTable(join(folder, "split/train.tsv"), [...train, person("sub-5", "AD")]);
    writeTable(join(folder, "split/validation_baseline.tsv"), [...validation, train[0]!]);
    const { exit, printed } = await gyrus("check", file, "--json");
    expect(exit).toBe(2);
    expect(JSON.parse(printed).problems.map(({ code }: { code: string }) => code)).toEqual([
      "ids.no-folder",
      "split.leak",
    ]);
  });

  it("finds by their voxels that two people are one, which may be accepted", async () => {
    await writeImage(imageFile(join(folder, "caps"), "sub-4"), (i) => i);
    const refused = await gyrus("check", file, "--json");
    expect(refused.exit).toBe(2);
    expect(JSON.parse(refused.printed).problems).toMatchObject([
      { code: "audit.same-scan-in-sets", severity: "error" },
    ]);
    const { exit, printed } = await gyrus("check", file, "--accept-leaks", "--json");
    expect(exit).toBe(0);
    expect(resultOf(printed).warnings).toMatchObject([
      { code: "audit.same-scan-in-sets", severity: "warning" },
    ]);
  });

  it("says that a GPU was asked for where the run computes without one", async () => {
    writeFileSync(file, JSON.stringify({ ...experiment, engine: "onnx", gpu: true }));
    const { exit, printed } = await gyrus("check", file, "--json");
    expect(exit).toBe(0);
    expect(resultOf(printed).warnings).toMatchObject([
      { code: "gpu.none", where: "gpu", message: '"gpu" is true, but the run computes on CPU.' },
    ]);
  });

  it("counts as reasons what stops, and lists what it warns of besides", async () => {
    await writeImage(imageFile(join(folder, "caps"), "sub-4"), (i) => i);
    await writeImage(imageFile(join(folder, "caps"), "sub-2"), (i) => (i === 0 ? Number.NaN : 3 * i));
    const { exit, said } = await gyrus("check", file);
    expect(exit).toBe(2);
    expect(said).toMatch(/nothing was started, because of 1 problem:\n {2}error: .*\n {2}note: .*NaN/);
  });

  it("with --strict refuses what would be warned of, and nothing else", async () => {
    writeFileSync(file, JSON.stringify({ ...experiment, transfer_selection_metric: "BA" }));
    expect((await gyrus("check", file)).exit).toBe(0);
    const { exit, printed } = await gyrus("check", file, "--strict", "--json");
    expect(exit).toBe(2);
    expect(JSON.parse(printed).problems).toMatchObject([{ code: "key.no-effect", severity: "error" }]);
  });

  it("refuses a folder that is taken", async () => {
    const { exit, printed } = await gyrus("check", file, "--output", folder, "--json");
    expect(exit).toBe(2);
    expect(JSON.parse(printed).problems[0].code).toMatch(/^maps\./);
  });
});

describe("gyrus audit", () => {
  it("shows findings and their counts, the worst first, in spite of what cannot be read", async () => {
    writeTable(join(folder, "split/validation_baseline.tsv"), [
      ...validation,
      train[0]!,
      person("sub-5", "AD"),
    ]);
    const { exit, printed } = await gyrus("audit", file);
    expect(exit).toBe(1);
    expect(printed).toMatch(/^error: 1 of 5 sessions/);
    expect(printed).toMatch(/error: 1 participant of the validation set of split 0/);
    expect(printed).toMatch(/4 images of 4 people: 2 errors, 0 warnings, 0 notes\.$/);
  });
});
