import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseTable, readTable } from "../../../src/data/tables/table";
import { temporaryFolder } from "../../support/folder";

const valuesOf = (text: string) => parseTable("t.csv", text).rows.map(({ values }) => values);

describe("tables of other programs and countries", () => {
  it.each(["\t", ";", ","])("are read where columns are separated by %j", (separator) => {
    const text = "participant_id;note;age\nP1;good;71\n".replaceAll(";", separator);
    expect(valuesOf(text)).toEqual([{ participant_id: "P1", note: "good", age: "71" }]);
  });

  it("may quote a separator, in the header too", () => {
    expect(valuesOf('id,"age; years"\nP1,"71, or so"\n')).toEqual([{ id: "P1", "age; years": "71, or so" }]);
  });

  it("have a point before decimals where semicolons separate columns, in columns of numbers alone", () => {
    expect(valuesOf("id;age;dose\nP1;71,5;1,5 mg\nP2;;2\nP3;NA;3\n")).toEqual([
      { id: "P1", age: "71.5", dose: "1,5 mg" },
      { id: "P2", age: "", dose: "2" },
      { id: "P3", age: "NA", dose: "3" },
    ]);
    expect(valuesOf("id\tage\nP1\t71,5\n")).toEqual([{ id: "P1", age: "71,5" }]);
  });

  it("may be UTF-16 with a mark of their order", async () => {
    const file = join(temporaryFolder(), "t.csv");
    writeFileSync(file, Buffer.from("\uFEFFid;Größe\nP1;1,80\n", "utf16le"));
    expect((await readTable(file)).rows.map(({ values }) => values)).toEqual([{ id: "P1", Größe: "1.80" }]);
  });
});
