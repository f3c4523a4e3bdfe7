import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileProblem } from "../../../src/experiment/file/fileProblem";
import { describeProblem } from "../../../src/experiment/problems/problem";
import { writeAtomically } from "../../../src/files/atomicFile";
import { temporaryFolder } from "../../support/folder";

/** What Node throws: a write to an open file knows no path. */
const refused = (code: string, path?: string, syscall = "write") =>
  Object.assign(new Error(`${code}: told by the system, ${syscall}`), {
    code,
    syscall,
    ...(path && { path }),
  });

const textOf = (failure: unknown) => {
  const found = fileProblem(failure);
  return found === null ? null : describeProblem(found);
};

describe("what a file system refused", () => {
  it.each([
    ["ENOSPC", "/maps/a.tsv", "The disk is full: /maps/a.tsv could not be written. Make room, then go on."],
    ["ENOSPC", undefined, "The disk is full. Make room, then go on."],
    ["EROFS", "/maps", "/maps stands on a disk that cannot be written. Choose another folder."],
  ])("says %s of %s in words", (code, path, text) => {
    expect(textOf(refused(code, path))).toBe(text);
  });

  it("names a folder that cannot be made, whatever the system calls it", async () => {
    const nowhere = join(temporaryFolder(), "link");
    await symlink("/nowhere/at/all", nowhere);
    const error = await mkdir(join(nowhere, "maps"), { recursive: true }).catch((thrown: unknown) => thrown);
    expect(textOf(error)).toContain(nowhere);
  });

  it("leaves other failures their own words", async () => {
    expect(fileProblem(new Error("The loss became NaN."))).toBeNull();
    const absent = await readFile("/nowhere/at/all").catch((thrown: unknown) => thrown);
    expect(fileProblem(absent)).toBeNull();
  });

  it("is told which file could not be written", async () => {
    const file = join(temporaryFolder(), "a.tsv");
    const failing = writeAtomically(file, async () => {
      throw refused("ENOSPC");
    });
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(textOf(error)).toContain(`${file} could not be written`);
  });
});
