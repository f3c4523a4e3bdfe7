import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeAtomically } from "../../../src/files/atomicFile";
import { temporaryOf } from "../../../src/files/temporary";
import { temporaryFolder } from "../../support/folder";

describe("writeAtomically", () => {
  it("creates the folder and the file, and leaves no temporary file", async () => {
    const folder = temporaryFolder();
    await writeAtomically(join(folder, "a", "b", "x.txt"), "new");
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

  it("names the process that writes, for others to know what a killed one has left", async () => {
    const folder = temporaryFolder();
    await writeAtomically(join(folder, "x.txt"), async () => {
      const [temporary] = readdirSync(folder);
      expect(temporaryOf(temporary!)).toMatchObject({ stage: "part", pid: process.pid });
    });
    for (const name of readdirSync(folder)) expect(temporaryOf(name)).toBeNull();
  });

  it("lets two writers of one file both finish", async () => {
    const file = join(temporaryFolder(), "x.txt");
    await Promise.all([writeAtomically(file, "one"), writeAtomically(file, "two")]);
    expect(["one", "two"]).toContain(readFileSync(file, "utf8"));
  });
});
