import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  formatRecords,
  formatRows,
  parseCells,
  parseRecords,
  readFirstLines,
  readText,
} from "../../../src/files/tsv";
import { temporaryFolder } from "../../support/folder";

describe("parseRecords", () => {
  it("names cells by column, keeps an unnamed index column and quoted text", () => {
    const text = formatRows([
      ["", "participant_id", "note"],
      ["0", "sub-01", "left\tright"],
      ["1", "sub-02", 'says "no"'],
    ]);
    expect(parseRecords(text)).toEqual({
      columns: ["", "participant_id", "note"],
      rows: [
        { "": "0", participant_id: "sub-01", note: "left\tright" },
        { "": "1", participant_id: "sub-02", note: 'says "no"' },
      ],
    });
  });

  it("keeps a row of missing values, passes over empty lines, and leaves out the cells that a short row lacks", () => {
    expect(parseRecords("BA\tloss\n\t\n\n0.5\n").rows).toEqual([{ BA: "", loss: "" }, { BA: "0.5" }]);
  });
});

describe("formatRecords", () => {
  it("quotes what would be read otherwise, and leaves the rest as it is", () => {
    const row = { a: "two\tcells", b: "two\nlines", c: 'a "word"', d: '"all"', e: " none " };
    const written = formatRecords(Object.keys(row), [row]);
    expect(parseRecords(written).rows).toEqual([row]);
    expect(written).toMatch(/\t none \n$/);
  });

  it("leaves a cell empty that a row lacks", () => {
    expect(formatRecords(["a", "b"], [{ b: "1" }])).toBe("a\tb\n\t1\n");
  });
});

describe("parseCells", () => {
  it("says in which line a quotation mark begins that none ends", () => {
    expect(parseCells('a\tb\n1\t"2\n3\t4\n').openQuote).toBe(2);
    expect(parseCells('a\tb\n1\t"2"\n').openQuote).toBeNull();
  });
});

describe("readText", () => {
  it("reads the Unicode text of Excel, and UTF-8 with a mark or without", async () => {
    const text = "participant_id\tlabel\r\nsub-01\tdément\r\n";
    const little = Buffer.from(`\uFEFF${text}`, "utf16le");
    const file = join(temporaryFolder(), "table.tsv");
    for (const bytes of [
      little,
      Buffer.from(little).swap16(),
      Buffer.from(`\uFEFF${text}`),
      Buffer.from(text),
    ]) {
      writeFileSync(file, bytes);
      expect(parseRecords(await readText(file)).rows).toEqual([
        { participant_id: "sub-01", label: "dément" },
      ]);
    }
  });
});

describe("readFirstLines", () => {
  it("gives a small table whole, and of a large one lines that are whole", async () => {
    const folder = temporaryFolder();
    const small = join(folder, "small.tsv");
    writeFileSync(small, "a\tb\n1\té");
    expect(await readFirstLines(small)).toBe("a\tb\n1\té");
    const large = join(folder, "large.tsv");
    const lines = Array.from({ length: 9_000 }, (_, i) => `sub-é${i}\t${i}\n`);
    writeFileSync(large, lines.join(""));
    const first = await readFirstLines(large);
    const count = first.split("\n").length - 1;
    expect(count).toBeGreaterThan(500);
    expect(first).toBe(lines.slice(0, count).join(""));
  });
});
