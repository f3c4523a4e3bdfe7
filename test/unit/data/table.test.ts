import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  joinColumns,
  keyProblems,
  missingColumns,
  parseTable,
  readTable,
} from "../../../src/data/tables/table";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";

const text = "participant_id\tsession_id\tage\nsub-1\tses-M000\t71\nsub-2\tses-M000\t66\n";

describe("a file that is no table of text", () => {
  it.each([
    ["an .xlsx", Buffer.from("PK\u0003\u0004\u0014\0\u0006\0[Content_Types].xml")],
    ["an .xls", Buffer.from("d0cf11e0a1b11ae1000000", "hex")],
  ])("says what %s under the name of a table is", async (_name, bytes) => {
    const file = join(temporaryFolder(), "labels.tsv");
    writeFileSync(file, bytes);
    expect(await problemsOf(() => readTable(file))).toMatchObject([{ code: "table.workbook", file }]);
  });

  it("names what stands in the place of a table that is absent", async () => {
    const file = join(temporaryFolder(), "labels.tsv");
    expect(await problemsOf(() => readTable(file))).toMatchObject([{ code: "file.missing" }]);
    writeFileSync(file.replace(".tsv", ".xlsx"), "");
    expect(await problemsOf(() => readTable(file))).toMatchObject([
      { code: "table.other-ending", message: "The file does not exist; labels.xlsx stands in its place." },
    ]);
  });
});

describe("parseTable", () => {
  it("keeps values as text and says on which line they stand", () => {
    expect(parseTable("t.tsv", text)).toEqual({
      file: "t.tsv",
      columns: ["participant_id", "session_id", "age"],
      rows: [
        { line: 2, values: { participant_id: "sub-1", session_id: "ses-M000", age: "71" } },
        { line: 3, values: { participant_id: "sub-2", session_id: "ses-M000", age: "66" } },
      ],
    });
  });

  it("takes a byte order mark, CRLF, spaces around values and empty lines as nothing", () => {
    const untidy = `\uFEFF${text.replaceAll("\n", "\r\n").replace("sub-1", " sub-1 ")}\r\n\t\t\r\n`;
    expect(parseTable("t.tsv", untidy)).toEqual(parseTable("t.tsv", text));
  });

  it("takes the line ends of several programs in one table", () => {
    expect(parseTable("t.tsv", text.replace("\n", "\r\n"))).toEqual(parseTable("t.tsv", text));
    expect(parseTable("t.tsv", text.replaceAll("\n", "\r"))).toEqual(parseTable("t.tsv", text));
  });

  it("passes over empty columns at the end, which spreadsheets write", () => {
    const padded = text.replaceAll("\n", "\t\t\n");
    expect(parseTable("t.tsv", padded).columns).toEqual(["participant_id", "session_id", "age"]);
  });

  it("understands quotation marks, and refuses one that would swallow the rows that follow", async () => {
    const table = parseTable("t.tsv", text.replace("sub-1", '"sub-1"').replace("66", '6"6'));
    expect(table.rows.map(({ values }) => [values.participant_id, values.age])).toEqual([
      ["sub-1", "71"],
      ["sub-2", '6"6'],
    ]);
    for (const mark of ['"71', '"71" years']) {
      const problems = await problemsOf(() => parseTable("t.tsv", text.replace("71", mark)));
      expect(problems).toMatchObject([
        { where: "row 2", message: expect.stringMatching(/^A quotation mark/) },
      ]);
    }
  });

  it("passes over the unnamed index column that pandas writes", () => {
    const table = parseTable("t.tsv", "\tparticipant_id\tsession_id\n0\tsub-1\tses-M000\n");
    expect(table.columns).toEqual(["participant_id", "session_id"]);
    expect(table.rows[0]?.values.participant_id).toBe("sub-1");
  });

  it("refuses rows that have too many or too few values, in one line", async () => {
    const problems = await problemsOf(() => parseTable("t.tsv", "a\tb\n1\n1\t2\n1\t2\t3\n"));
    expect(problems).toMatchObject([
      { where: "row 2", remedy: expect.stringMatching(/ The same holds for 1 more \(t\.tsv row 4\)\.$/) },
    ]);
  });

  it("takes a column that comes twice with the same values, as in ClinicaDL's groups, for one", () => {
    const { columns, rows } = parseTable("t.tsv", "a\tb\ta\n1\t2\t1\n");
    expect([columns, rows[0]?.values]).toEqual([["a", "b"], { a: "1", b: "2" }]);
  });

  it("refuses an empty table and a column that comes twice", async () => {
    expect((await problemsOf(() => parseTable("t.tsv", "")))[0]?.message).toBe("The table is empty.");
    expect((await problemsOf(() => parseTable("t.tsv", "a\ta\n1\t2\n")))[0]?.message).toMatch(
      /"a" appears more than once/,
    );
  });
});

describe("readTable", () => {
  const folder = temporaryFolder();

  it("says that it was given a folder", async () => {
    expect(await problemsOf(() => readTable(folder))).toMatchObject([
      { file: folder, message: "This is a folder, not a file.", remedy: "Give the path of a file." },
    ]);
  });

  it("reads the Unicode text of Excel", async () => {
    const little = Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "utf16le");
    for (const [name, bytes] of [
      ["little.tsv", little],
      ["big.tsv", Buffer.from(little).swap16()],
      ["utf8.tsv", Buffer.from(`\uFEFF${text}`)],
    ] as const) {
      const file = join(folder, name);
      writeFileSync(file, bytes);
      expect(await readTable(file)).toEqual({ ...parseTable("t.tsv", text), file });
    }
  });
});

describe("missingColumns", () => {
  it("names each of them, and what there is", () => {
    const [problem] = missingColumns(parseTable("t.tsv", text), ["age", "sex"]);
    expect(problem).toMatchObject({
      file: "t.tsv",
      message: 'The column "sex" is missing; there are: participant_id, session_id, age.',
    });
  });

  it.each(["|", " "])("recognises a table whose columns are separated by %j, in one line", (separator) => {
    const text = "participant_id;session_id;age\nsub-1;ses-M000;61,5\n".replaceAll(";", separator);
    const problems = missingColumns(parseTable("t.csv", text), ["participant_id", "session_id"]);
    expect(problems).toMatchObject([
      {
        code: "table.not-tabs",
        message: expect.stringContaining(`separated by "${separator}", not by tabs`),
      },
    ]);
  });
});

describe("keyProblems", () => {
  it("finds repeated and unnamed sessions, row by row", () => {
    const table = parseTable("t.tsv", `${text}sub-1\tses-M000\t72\nsub-3\t\t70\n`);
    expect(keyProblems(table).map(({ where, message }) => [where, message])).toEqual([
      ["row 4", "sub-1 ses-M000 stands already in row 2."],
      ["row 5", "The row has no session_id."],
    ]);
  });

  it("blames no row where the columns are missing", () => {
    expect(keyProblems(parseTable("t.csv", "participant_id,session_id\nsub-1,ses-M000\n"))).toEqual([]);
  });
});

describe("joinColumns", () => {
  it("adds columns by participant and session and drops rows that the other table does not know", () => {
    const labels = parseTable(
      "labels.tsv",
      "participant_id\tsession_id\tdiagnosis\nsub-2\tses-M000\tAD\nsub-1\tses-M006\tCN\n",
    );
    const joined = joinColumns(parseTable("t.tsv", text), labels, ["diagnosis"]);
    expect(joined.rows).toEqual([
      {
        line: 3,
        values: { participant_id: "sub-2", session_id: "ses-M000", age: "66", diagnosis: "AD" },
      },
    ]);
  });
});
