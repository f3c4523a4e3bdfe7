import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { auditStudy } from "../../../src/audit/report";
import { temporaryFolder } from "../../support/folderOfFile";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile } from "../../support/study";

const folder = temporaryFolder();

describe("the report of an audit", () => {
  it("says in one line that several images cannot be read, and what is to be known of the others", async () => {
    await writePhantomStudy(folder);
    for (const id of ["sub-001", "sub-004", "sub-007"])
      await truncate(imageFile(join(folder, "caps"), id), 600);
    const report = await auditStudy({
      experiment: phantomExperiment(folder),
      maps: null,
      accepted: new Set(),
    });
    expect(report).toMatchObject({ scans: 18, people: 18, read: 15 });
    expect(report.findings.map(({ code, severity }) => ({ code, severity }))).toEqual(
      expect.arrayContaining([{ code: "nifti.gzip-cut-off", severity: "error" }]),
    );
    expect(report.findings.filter(({ code }) => code === "nifti.gzip-cut-off")).toHaveLength(1);
  });

  it("says once of an image whose header cannot be read, though its voxels cannot either", async () => {
    const other = join(folder, "pointer");
    await writePhantomStudy(other);
    const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n";
    await writeFile(imageFile(join(other, "caps"), "sub-002"), pointer);
    const { findings } = await auditStudy({
      experiment: phantomExperiment(other),
      maps: null,
      accepted: new Set(),
    });
    expect(findings.filter(({ severity }) => severity === "error")).toMatchObject([
      { message: expect.stringMatching(/^sub-002 ses-M000: This is a pointer of Git LFS/) },
    ]);
  });

  it("says that there is no MAPS where one is named, and reports on the study all the same", async () => {
    const maps = join(folder, "misspelt");
    const experiment = phantomExperiment(folder);
    const ask = { experiment, maps, accepted: new Set<never>() };
    const none = expect.objectContaining({ code: "maps.none", file: join(maps, "maps.json") });
    const report = await auditStudy(ask);
    expect(report.findings).toContainEqual(none);
    expect(report.scans).toBe(18);
    const nowhere = { ...experiment, caps_directory: join(folder, "nowhere") };
    expect((await auditStudy({ ...ask, experiment: nowhere })).findings).toContainEqual(none);
  });
});
