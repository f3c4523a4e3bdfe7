import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { writeAtomically } from "../../../src/files/atomicFile";
import { writeNewFolder } from "../../../src/files/wholeFolder";
import { temporaryFolder } from "../../support/folder";

const others = vi.hoisted(() => ({ make: (_path: string) => {} }));

/** Another process makes the folder between the look at it and the step by which it is made. */
vi.mock("../../../src/files/exists", async (original) => {
  const { exists } = await original<typeof import("../../../src/files/exists")>();
  return {
    exists: async (path: string) => {
      const there = await exists(path);
      others.make(path);
      return there;
    },
  };
});

it("takes the next name for a new folder when another process was quicker by a moment", async () => {
  const home = temporaryFolder();
  others.make = (path) => {
    others.make = () => {};
    mkdirSync(path);
    writeFileSync(join(path, "theirs.tsv"), "");
  };
  const made = await writeNewFolder(home, "split", (temporary) =>
    writeAtomically(join(temporary, "ours.tsv"), ""),
  );
  expect(made).toBe(join(home, "split_2"));
  expect(readdirSync(join(home, "split"))).toEqual(["theirs.tsv"]);
  expect(readdirSync(made)).toEqual(["ours.tsv"]);
});
