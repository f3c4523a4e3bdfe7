/** Where results go, what of them is whole when something fails, and a MAPS that may not be written. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { InputError } from "../../../src/experiment/problems/problem";
import { readGroup } from "../../../src/maps/folder/groups";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readMaps } from "../../../src/maps/folder/summary";
import { readResults } from "../../../src/maps/tables/results";
import { type InterpretationRequest, interpretGroup } from "../../../src/training/explanation/interpretGroup";
import { predictGroup } from "../../../src/training/results/predictGroup";
import type { PredictionRequest } from "../../../src/training/results/predictionPlan";
import { temporaryFolder } from "../../support/folder";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { trainPhantom } from "../../support/trainPhantom";

/** Folders below which nothing can be made: permissions bind no administrator, who may run these tests. */
const sealed = vi.hoisted(() => new Set<string>());

vi.mock("node:fs/promises", async (original) => {
  const { mkdir, ...others } = await original<typeof import("node:fs/promises")>();
  return {
    ...others,
    mkdir: (path: string, options: object) =>
      [...sealed].some((folder) => path.startsWith(folder))
        ? Promise.reject(Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS", path }))
        : mkdir(path, options),
  };
});

let engine: Engine;
let folder: string;
let maps: string;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  maps = join(folder, "maps");
  await writePhantomStudy(folder);
  await trainPhantom(phantomExperiment(folder, { epochs: 2 }), maps);
});
afterEach(() => sealed.clear());
afterAll(() => rmSync(folder, { recursive: true }));

const group = () => ({ group: "test", caps: join(folder, "caps"), tsv: join(folder, "test.tsv") });
const predict = (request: Partial<PredictionRequest> = {}, onHeader?: () => void) =>
  predictGroup({ maps, ...group(), ...request }, { engine, ...(onHeader && { onHeader }) });
const interpret = (request: Partial<InterpretationRequest>) =>
  interpretGroup({ maps, ...group(), name: "why", method: "gradients", ...request }, { engine });

/** A MAPS of one's own to write into. */
function copyOfMaps(): string {
  const copy = join(temporaryFolder(), "maps");
  cpSync(maps, copy, { recursive: true });
  return copy;
}

/** Every file below, with its content; dates are not compared. */
function contentBelow(top: string): Record<string, string> {
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(top.length), name.endsWith(".log") ? "" : readFileSync(path, "latin1")];
    }),
  );
}

const codesOf = (failure: unknown) =>
  failure instanceof InputError ? failure.problems.map(({ code }) => code) : failure;

describe("a MAPS that may not be written", () => {
  it("is said before any image is looked at, with what to do", async () => {
    sealed.add(maps);
    const onHeader = vi.fn();
    const failure = await predict({}, onHeader).catch((error: unknown) => error);
    expect(codesOf(failure)).toEqual(["results.unwritable"]);
    expect(String(failure)).toContain("--output FOLDER");
    expect(onHeader).not.toHaveBeenCalled();
    expect(codesOf(await interpret({}).catch((error: unknown) => error))).toEqual(["results.unwritable"]);
  });

  it("has its results in a folder of the user's, which is read like a MAPS and equals it", async () => {
    const inMaps = copyOfMaps();
    const expected = await predict({ maps: inMaps });
    const output = join(temporaryFolder(), "study", "results");
    const before = contentBelow(maps);
    sealed.add(maps);
    const { results } = await predict({ output });
    await interpret({ output, metrics: ["loss"] });
    expect(contentBelow(maps)).toEqual(before);
    expect(results).toEqual(expected.results);
    const summary = await readMaps(output);
    expect(summary).toMatchObject({ groups: ["test"], splits: [{ split: 0, metrics: ["BA", "loss"] }] });
    for (const metric of ["BA", "loss"]) {
      const [there, here] = [output, inMaps].map((top) => mapsPlace(top).split(0).best(metric));
      const ofTest = async (best: typeof there) =>
        (await readResults(best!)).flatMap(({ group, levels }) =>
          group === "test" ? levels.map(({ metrics }) => metrics) : [],
        );
      expect(await ofTest(there)).toEqual(await ofTest(here));
    }
    const maps_ = join(mapsPlace(output).split(0).best("loss").results("test").folder, "interpret-why");
    expect(readdirSync(maps_)).toContain("mean_image-0_map.nii.gz");
  });

  it("predicts a group that it knows, or that its results know, without being told where it is", async () => {
    const knowing = copyOfMaps();
    await predict({ maps: knowing });
    const output = join(temporaryFolder(), "results");
    sealed.add(knowing);
    await predictGroup({ maps: knowing, group: "test", output }, { engine });
    expect(await readGroup(mapsPlace(output).group("test"))).toEqual(
      await readGroup(mapsPlace(knowing).group("test")),
    );
    await predict({ group: "other", output });
    const again = await predictGroup({ maps, group: "other", output }, { engine });
    expect(again.results).toHaveLength(2);
  });

  it.each([
    ["something else", (output: string) => writeFileSync(join(output, "thesis.tex"), "")],
    ["another MAPS", (output: string) => writeFileSync(join(output, "maps.json"), "{}")],
  ])("is not given a folder for its results that holds %s", async (_, fill) => {
    const output = temporaryFolder();
    fill(output);
    const failure = await predict({ output }).catch((error: unknown) => error);
    expect(codesOf(failure)).toEqual(["results.other-folder"]);
    expect(readdirSync(output)).toHaveLength(1);
  });
});

describe("a prediction that is not done", () => {
  it("leaves nothing half of the model that failed, and keeps the one before; once more it is as if nothing had been", async () => {
    const [whole, broken] = [copyOfMaps(), copyOfMaps()];
    await predict({ maps: whole });
    const results = (metric: string) => mapsPlace(broken).split(0).best(metric).results("test").folder;
    const failing: Engine = {
      ...engine,
      predictor: async (...words) => {
        const predictor = await engine.predictor(...words);
        vi.spyOn(predictor, "setWeights").mockRejectedValue(new Error("no memory"));
        return predictor;
      },
    };
    await expect(predictGroup({ maps: broken, ...group() }, { engine: failing })).rejects.toThrow(
      "no memory",
    );
    expect(existsSync(results("BA"))).toBe(true);
    expect(existsSync(results("loss"))).toBe(false);
    await predict({ maps: broken });
    expect(contentBelow(broken)).toEqual(contentBelow(whole));
  });

  it("keeps what an earlier one and the user have put beside its tables", async () => {
    const own = copyOfMaps();
    await predict({ maps: own });
    await interpret({ maps: own, metrics: ["loss"] });
    const { folder: results } = mapsPlace(own).split(0).best("loss").results("test");
    writeFileSync(join(results, "notes.txt"), "mine");
    const before = contentBelow(results);
    await predict({ maps: own });
    expect(contentBelow(results)).toEqual(before);
  });
});

describe("an interpretation of several models", () => {
  it("goes on with those that are missing where the others are what is asked for", async () => {
    const [whole, ended] = [copyOfMaps(), copyOfMaps()];
    await interpret({ maps: whole });
    await interpret({ maps: ended, metrics: ["BA"] });
    const { folders } = await interpret({ maps: ended });
    expect(folders).toHaveLength(2);
    expect(contentBelow(ended)).toEqual(contentBelow(whole));
    expect(codesOf(await interpret({ maps: ended }).catch((error: unknown) => error))).toEqual([
      "interpretation.exists",
      "interpretation.exists",
    ]);
  });

  it("refuses maps of that name that are something else", async () => {
    const own = copyOfMaps();
    await interpret({ maps: own, metrics: ["BA"], node: 1 });
    expect(codesOf(await interpret({ maps: own }).catch((error: unknown) => error))).toEqual([
      "interpretation.exists",
    ]);
  });
});
