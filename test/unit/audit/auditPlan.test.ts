import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { auditedPlan, auditedSurvey } from "../../../src/audit/auditPlan";
import { planStudy } from "../../../src/audit/gather/planStudy";
import { planData } from "../../../src/data/plan/experimentData";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, imageFile, person, tinySize, writeCaps, writeTable } from "../../support/study";

let folder: string;
const train = [person("sub-1", "AD"), person("sub-2", "CN")];
const later = { ...person("sub-2", "CN"), session_id: "ses-M012" };
const validation = [person("sub-3", "AD"), person("sub-4", "CN")];

const write = async (validating: readonly Record<string, string>[]) => {
  await mkdir(join(folder, "split"), { recursive: true });
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validating);
  await writeCaps(join(folder, "caps"), [...train, ...validating]);
  const experiment = experimentOn(folder);
  return { experiment, plan: await planData(experiment) };
};

beforeEach(() => {
  folder = temporaryFolder();
});

describe("auditedSurvey", () => {
  it("finds nothing in a clean study", async () => {
    const { experiment } = await write(validation);
    expect((await auditedSurvey(experiment)).problems).toEqual([]);
  });

  it("finds a participant in both sets, which is a warning where leaks are accepted", async () => {
    const { experiment } = await write([...validation, later]);
    const [first] = (await auditedSurvey(experiment)).problems;
    expect(first).toMatchObject({ code: "split.leak", severity: "error" });
    const { plan, problems } = await auditedSurvey(experiment, new Set(["leaks"]));
    expect(problems).toMatchObject([{ code: "split.leak", severity: "warning" }]);
    expect(plan?.warnings).toEqual(problems);
  });

  it("tells leaks beside all else that is wrong", async () => {
    const { experiment } = await write([...validation, later]);
    writeTable(join(folder, "split/train.tsv"), [...train, person("sub-5", "AD")]);
    const problems = await problemsOf(() => auditedPlan(experiment));
    expect(problems.map(({ code }) => code)).toEqual(["ids.no-folder", "split.leak"]);
  });
});

describe("planStudy", () => {
  it("knows each scan with its sets, header, columns of the tables and fields of its sidecar", async () => {
    await mkdir(join(folder, "split"), { recursive: true });
    writeTable(
      join(folder, "labels.tsv"),
      [...train, ...validation].map((row) => ({ ...row, site: "Lyon", age: "n/a" })),
    );
    const { experiment, plan } = await write(validation);
    await writeFile(
      imageFile(join(folder, "caps"), "sub-1").replace(".nii.gz", ".json"),
      JSON.stringify({ Manufacturer: "GE", MagneticFieldStrength: 3, site: "none", ImageType: ["ORIGINAL"] }),
    );
    const { scans } = await planStudy(experiment, plan);
    expect(scans.map(({ participantId, sets }) => [participantId, sets[0]?.kind])).toEqual([
      ["sub-1", "train"],
      ["sub-2", "train"],
      ["sub-3", "validation"],
      ["sub-4", "validation"],
    ]);
    expect(scans[0]?.header?.shape).toEqual(tinySize);
    expect(scans[0]?.columns).toMatchObject({
      Manufacturer: "GE",
      MagneticFieldStrength: "3",
      site: "Lyon",
      diagnosis: "AD",
    });
    expect(scans[0]?.columns).not.toHaveProperty("ImageType");
    expect(scans[1]?.columns).not.toHaveProperty("Manufacturer");
  });

  it("passes over a labels.tsv that is no table", async () => {
    await mkdir(join(folder, "split"), { recursive: true });
    await writeFile(join(folder, "labels.tsv"), 'participant_id\tsession_id\n"sub-1');
    const { experiment, plan } = await write(validation);
    expect((await planStudy(experiment, plan)).scans).toHaveLength(4);
  });
});
