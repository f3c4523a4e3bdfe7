import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readStudyTable } from "../../../../src/data/splits/studyTable";
import { temporaryFolder } from "../../../support/folderOfFile";
import { problemsOf } from "../../../support/problemsOf";
import { type Row, writeTable } from "../../../support/study";

const folder = temporaryFolder();
const written = (rows: readonly Row[]) => writeTable(join(folder, "people.tsv"), rows);
const image = (participantId: string, sessionId: string) => ({ participantId, sessionId });

describe("a table of people", () => {
  it("is one of sessions, whatever its columns are called", async () => {
    const file = written([{ Subject_ID: "p1", Visit: "1", dx: "AD" }]);
    const { table } = await readStudyTable(file, {}, null);
    expect(table.columns).toEqual(["participant_id", "session_id", "dx"]);
    expect(table.rows[0]!.values).toMatchObject({ participant_id: "p1", session_id: "1", dx: "AD" });
  });

  it("has one session where it names none", async () => {
    const { table } = await readStudyTable(written([{ participant_id: "sub-1", dx: "AD" }]), {}, null);
    expect(table.rows[0]!.values.session_id).toBe("ses-M000");
  });

  it("has the columns that are named, and those alone", async () => {
    const file = written([{ code: "p1", when: "a", dx: "AD" }]);
    expect((await problemsOf(() => readStudyTable(file, {}, null)))[0]!.code).toBe("splits.no-participants");
    const { table } = await readStudyTable(file, { participant: "code", session: "when" }, null);
    expect(table.rows[0]!.values).toMatchObject({ participant_id: "p1", session_id: "a" });
    const other = await problemsOf(() => readStudyTable(file, { participant: "who" }, null));
    expect(other[0]!.code).toBe("table.column-missing");
  });

  it("stands for all images of a person, by the ids of the images; those without are left out", async () => {
    const file = written([
      { participant_id: "01", dx: "AD" },
      { participant_id: "sub-02", dx: "CN" },
      { participant_id: "sub-03", dx: "CN" },
    ]);
    const images = [image("sub-01", "ses-1"), image("sub-01", "ses-2"), image("sub-02", "ses-1")];
    const { table, leftOut, warnings } = await readStudyTable(file, {}, images);
    expect(
      table.rows.map(({ values }) => `${values.participant_id} ${values.session_id} ${values.dx}`),
    ).toEqual(["sub-01 ses-1 AD", "sub-01 ses-2 AD", "sub-02 ses-1 CN"]);
    expect(leftOut).toMatchObject([{ reason: "no-image", people: 1, examples: ["sub-03"] }]);
    expect(warnings.map(({ code, said }) => [code, said.values.names])).toEqual([
      ["splits.ids-of-images", ["01"]],
    ]);
  });

  it("of sessions finds the image of each, and says when none is there", async () => {
    const file = written([
      { participant_id: "sub-01", session_id: "ses-M00", dx: "AD" },
      { participant_id: "sub-01", session_id: "ses-M12", dx: "AD" },
    ]);
    const { table, leftOut } = await readStudyTable(file, {}, [image("sub-01", "ses-M000")]);
    expect(table.rows.map(({ values }) => values.session_id)).toEqual(["ses-M000"]);
    expect(leftOut).toMatchObject([{ reason: "no-image", examples: ["sub-01 ses-M12"] }]);
    const none = await problemsOf(() => readStudyTable(file, {}, [image("sub-99", "ses-M000")]));
    expect(none[0]!.code).toBe("splits.no-images");
  });
});
