import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { auditedSurvey } from "../../../src/audit/auditPlan";
import { headers } from "../../../src/audit/checks/headers";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { planGroup } from "../../../src/data/plan/groupPlan";
import { groupSpace } from "../../../src/training/results/groupSpace";
import { temporaryFolder } from "../../support/folderOfFile";
import { experimentOn, imageFile, person, writeCaps, writeImage, writeTable } from "../../support/study";
import { scanOf, studyOf } from "../../support/studyOf";

const folder = temporaryFolder();

it("tells once of files that are named .gz and are not compressed, in a training and in a group to predict", async () => {
  const people = ["1", "2", "3"].map((id) => person(`sub-${id}`, id === "2" ? "AD" : "CN"));
  const caps = await writeCaps(join(folder, "caps"), people);
  writeTable(join(folder, "split/train.tsv"), people.slice(0, 2));
  writeTable(join(folder, "split/validation_baseline.tsv"), people.slice(2));
  for (const id of ["sub-2", "sub-3"]) {
    const file = imageFile(caps, id);
    await writeFile(file, gunzipSync(await readFile(file)));
  }
  const experiment = experimentOn(folder, { label_code: { AD: 0, CN: 1 } });
  const told = {
    code: "audit.plain-as-gzip",
    severity: "notice",
    message:
      "The files of 2 of 3 images are named .gz and are not compressed (sub-2 ses-M000, sub-3 ses-M000).",
  };
  const { problems } = await auditedSurvey(experiment);
  expect(problems.filter(({ code }) => code.startsWith("audit."))).toMatchObject([told]);
  const tsv = writeTable(join(folder, "test.tsv"), people);
  const plan = await planGroup({ experiment, caps, tsv });
  expect(await groupSpace({ maps: join(folder, "maps"), experiment }, plan)).toMatchObject([
    { code: "space.training-unknown" },
    told,
  ]);
});

it("tells of files that are compressed and not named .gz", async () => {
  const file = join(folder, "image.nii");
  await rename(await writeImage(join(folder, "image.nii.gz")), file);
  const scan = scanOf("sub-1", { file, header: await readNiftiHeader(file) });
  expect(headers.find(studyOf([scan, scanOf("sub-2")]))).toMatchObject([
    {
      code: "audit.gzip-as-plain",
      severity: "notice",
      file,
      message: "The file of 1 of 1 image is compressed by gzip and not named .gz (sub-1 ses-M000).",
    },
  ]);
});
