import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { trailingBytes } from "../../../src/audit/checks/trailingBytes";
import { readInputs } from "../../../src/data/batches/readInputs";
import { planData } from "../../../src/data/plan/experimentData";
import { temporaryFolder } from "../../support/folderOfFile";
import { experimentOn, imageFile, person, writeCaps, writeTable } from "../../support/study";
import { scanOf, studyOf } from "../../support/studyOf";

describe("09-gz-trailing-garbage", () => {
  it("is told as a notice with a count and names, once the image was read", async () => {
    const folder = temporaryFolder();
    const people = ["1", "2", "3"].map((id) => person(`sub-${id}`, id === "2" ? "AD" : "CN"));
    const caps = await writeCaps(join(folder, "caps"), people);
    writeTable(join(folder, "split/train.tsv"), people.slice(0, 2));
    writeTable(join(folder, "split/validation_baseline.tsv"), people.slice(2));
    await appendFile(imageFile(caps, "sub-2"), "what a longer file left");
    const plan = await planData(experimentOn(folder));
    const scans = [];
    for (const { participantId, file } of plan.splits.flatMap(({ train, validation }) => [
      ...train,
      ...validation,
    ])) {
      const request = { file, voxels: undefined, parts: [], seeds: undefined, facts: true };
      const { facts } = await readInputs(plan.input, request);
      scans.push(scanOf(participantId, { file, voxels: facts }));
    }
    expect(scans.map(({ voxels }) => voxels?.behind)).toEqual([0, 23, 0]);
    expect(trailingBytes.find(studyOf(scans))).toMatchObject([
      {
        code: "audit.trailing-bytes",
        severity: "notice",
        file: imageFile(caps, "sub-2"),
        message: "The file of 1 of 3 images goes on after the end of its gzip data (sub-2 ses-M000).",
      },
    ]);
    expect(trailingBytes.find(studyOf(scans.slice(0, 1)))).toEqual([]);
  });
});
