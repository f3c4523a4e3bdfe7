import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatJson, writeAtomically, writeJson, writeTextAtomically } from "../../../src/maps/atomic";
import { temporaryFolder } from "../../support/folder";

describe("writeAtomically", () => {
  it("creates the folder and the file, and leaves no temporary file", async () => {
    const folder = temporaryFolder();
    await writeTextAtomically(join(folder, "a", "b", "x.txt"), "new");
    expect(readdirSync(join(folder, "a", "b"))).toEqual(["x.txt"]);
    expect(readFileSync(join(folder, "a", "b", "x.txt"), "utf8")).toBe("new");
  });

  it("leaves the old file as it was when writing fails half-way", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "x.txt");
    writeFileSync(file, "old");
    const failing = writeAtomically(file, async (handle) => {
      await handle.write("half of the n");
      expect(readFileSync(file, "utf8")).toBe("old");
      throw new Error("disk full");
    });
    await expect(failing).rejects.toThrow("disk full");
    expect(readdirSync(folder)).toEqual(["x.txt"]);
    expect(readFileSync(file, "utf8")).toBe("old");
  });

  it("lets two writers of one file both finish", async () => {
    const file = join(temporaryFolder(), "x.json");
    await Promise.all([writeJson(file, { a: 1 }), writeJson(file, { a: 2 })]);
    expect([1, 2]).toContain(JSON.parse(readFileSync(file, "utf8")).a);
  });
});

describe("formatJson", () => {
  it("writes as Python's json.dump with indent 4", () => {
    expect(formatJson({ path: "169×208", list: [1, 2], empty: [] })).toBe(
      '{\n    "path": "169\\u00d7208",\n    "list": [\n        1,\n        2\n    ],\n    "empty": []\n}',
    );
  });
});
