/** The study of the tests of plans: five people with their images in a CAPS, and one split of them. */
import { join } from "node:path";
import { beforeEach } from "vitest";
import { temporaryFolder } from "./folderOfFile";
import { person, type Row, writeCaps, writeTable } from "./study";

export const train = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "CN")];
export const validation = [person("sub-4", "CN"), person("sub-5", "AD")];

/** Makes the study anew before each test of the file. */
export function plannedStudy() {
  const root = temporaryFolder();
  let count = 0;
  const study = {
    folder: root,
    table: (name: string) => join(study.folder, "split", `${name}.tsv`),
    writeTrain: (rows: readonly Row[]) => writeTable(study.table("train"), rows),
    writeValidation: (rows: readonly Row[]) => writeTable(study.table("validation_baseline"), rows),
  };
  beforeEach(async () => {
    study.folder = join(root, `study-${count++}`);
    await writeCaps(join(study.folder, "caps"), [...train, ...validation]);
    study.writeTrain(train);
    study.writeValidation(validation);
  });
  return study;
}
