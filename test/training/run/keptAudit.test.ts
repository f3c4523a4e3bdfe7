import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditStudy } from "../../../src/audit/report";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import type { Problem } from "../../../src/experiment/problems/problem";
import { readAudit } from "../../../src/maps/folder/keptAudit";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readTrainingScans } from "../../../src/maps/folder/trainingScans";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { runTraining } from "../../../src/training/run/runTraining";
import { type PhantomStudy, phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { problemsOf } from "../../support/problemsOf";
import { imageFile, person, writeTable } from "../../support/study";

let folder: string;
let maps: string;
let study: PhantomStudy;
const engine = await createOnnxEngine({ threads: 1 });
const caps = () => join(folder, "caps");

function copy(from: string, to: string): void {
  mkdirSync(dirname(imageFile(caps(), to)), { recursive: true });
  copyFileSync(imageFile(caps(), from), imageFile(caps(), to));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  maps = join(folder, "maps");
  study = await writePhantomStudy(folder, { test: 3 });
  // Of two training images one is the other, and a validation image is a training image too.
  copy("sub-000", "sub-001");
  copy("sub-000", "sub-012");
  const run = { engine, gyrusVersion: "0.1.0", command: [], accepted: new Set(["leaks"] as const) };
  await runTraining(phantomExperiment(folder, { epochs: 1 }), maps, run);
  copy("sub-003", "sub-900");
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a MAPS", () => {
  it("keeps what the audit said before the training and what was accepted, with ids and without paths", async () => {
    const kept = await readAudit(maps);
    expect(kept?.accepted).toEqual(["leaks"]);
    const copies = kept?.findings.find(({ message }) => message.includes("under several names"));
    expect(copies).toMatchObject({
      severity: "warning",
      problems: [{ code: "audit.same-scan-in-sets", values: { count: 1 } }],
    });
    expect(copies?.message).toContain("sub-000 ses-M000 = sub-001 ses-M000 = sub-012 ses-M000");
    expect(readFileSync(mapsPlace(maps).auditJson, "utf8")).not.toContain(folder);
  });

  it("keeps by which voxels its images are known", async () => {
    const scans = (await readTrainingScans(maps)) ?? [];
    expect(scans).toHaveLength(study.train.length + study.validation.length);
    const hashOf = (id: string) => scans.find(({ participantId }) => participantId === id)?.hash;
    expect(hashOf("sub-000")).toMatch(/^[0-9a-f]{24}$/);
    expect(hashOf("sub-001")).toBe(hashOf("sub-000"));
    expect(hashOf("sub-002")).not.toBe(hashOf("sub-000"));
  });
});

describe("a MAPS that is joined", () => {
  it("keeps by which voxels the images of all its splits are known, each once", async () => {
    const [first, second] = [study.validation.slice(0, 2), study.validation.slice(2, 4)];
    for (const [split, validation] of [first, second].entries()) {
      writeTable(join(folder, "2_fold", `split-${split}`, "train.tsv"), study.train);
      writeTable(join(folder, "2_fold", `split-${split}`, "validation_baseline.tsv"), validation);
    }
    const joined = join(folder, "joined");
    for (const split of [0, 1]) {
      const changes = { epochs: 1, tsv_path: join(folder, "2_fold"), n_splits: 2, split: [split] };
      const accepted = new Set(["leaks"] as const);
      const run = { engine, gyrusVersion: "0.1.0", command: [], accepted, join: true };
      await runTraining(phantomExperiment(folder, changes), joined, run);
    }
    const ids = (await readTrainingScans(joined))?.map(({ participantId }) => participantId);
    const all = [...study.train, ...first, ...second].map(({ participant_id }) => participant_id);
    expect(ids?.sort()).toEqual(all.sort());
  });
});

describe("a copy of a training image under another name", () => {
  const predict = (group: string, changes: object = {}) => {
    const tsv = writeTable(join(folder, "copies.tsv"), [...study.test, person("sub-900", "AD")]);
    const warnings: Problem[] = [];
    const options = { engine, onWarning: (found: Problem) => warnings.push(found) };
    const request = { maps, group, caps: caps(), tsv, ...changes };
    return predictGroup(request, options).then(() => warnings.map(({ code }) => code));
  };

  it("is refused by a prediction, and let pass where the user says so and ever after", async () => {
    const problems = await problemsOf(() => predict("copies"));
    expect(problems).toMatchObject([{ severity: "error", code: "group.copies" }]);
    expect(problems[0]?.message).toContain("1 image of 1 person");
    expect(problems[0]?.message).toContain("sub-900 ses-M000 = sub-003 ses-M000");
    expect(existsSync(mapsPlace(maps).group("copies").folder)).toBe(false);
    expect(await predict("accepted", { skipLeakCheck: true })).toContain("group.copies");
    expect(await predict("accepted")).toContain("group.copies");
  });

  it("is left out by name where those whom the networks know are left out", async () => {
    expect(await predict("others", { leaveOut: true })).toEqual(["group.known-left-out"]);
    const { leftOutTsv } = mapsPlace(maps).group("others");
    expect(readFileSync(leftOutTsv, "utf8")).toContain("sub-900\tses-M000\tcopy");
  });

  it("is found by an audit of the data groups of the MAPS, also by one of another experiment", async () => {
    const codes = async (changes: Readonly<Record<string, unknown>>) => {
      const experiment = phantomExperiment(folder, changes);
      const { findings } = await auditStudy({ experiment, maps, accepted: new Set() });
      return findings.filter(({ severity }) => severity === "error").map(({ code }) => code);
    };
    // The experiment of the MAPS: its own images are compared.
    expect(await codes({})).toEqual(["audit.same-scan-in-sets"]);
    for (const set of ["train", "validation_baseline"]) {
      const rows = set === "train" ? study.train.slice(4, 8) : study.validation.slice(1, 3);
      writeTable(join(folder, "other", `${set}.tsv`), rows);
    }
    expect(await codes({ tsv_path: join(folder, "other") })).toContain("group.copies");
  });

  it("cannot be found where the MAPS is of a former version, which is said once", async () => {
    const { trainingScansTsv } = mapsPlace(maps);
    renameSync(trainingScansTsv, `${trainingScansTsv}.away`);
    const warnings = await predict("unknown");
    renameSync(`${trainingScansTsv}.away`, trainingScansTsv);
    expect(warnings.filter((code) => code.startsWith("group."))).toEqual(["group.scans-not-compared"]);
  });
});
