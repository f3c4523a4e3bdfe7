import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeAtomically } from "../../../src/files/atomicFile";
import { holdTemporary, letGoOfTemporary } from "../../../src/files/temporary";
import { writeFolder, writeNewFolder } from "../../../src/files/wholeFolder";
import { temporaryFolder } from "../../support/folder";

const HERE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const ELSEWHERE = "00000000";
const DEAD = 999_999_999;

const namesIn = (folder: string) => readdirSync(folder).sort();
const textIn = (folder: string, name: string) => readFileSync(join(folder, name), "utf8");

/** What a killed process has left in `folder`, written for `name`. */
function leave(
  folder: string,
  name: string,
  stage: "part" | "whole",
  { pid = DEAD, machine = HERE } = {},
): string {
  const left = join(folder, `.${name}.${pid}-${machine}-0123abcd.gyrus-${stage}`);
  mkdirSync(left);
  writeFileSync(join(left, "a.tsv"), "left");
  return left;
}

const both = async (temporary: string) => {
  await writeAtomically(join(temporary, "a.tsv"), "new a");
  await writeAtomically(join(temporary, "deep", "b.tsv"), "new b");
  return "done";
};

describe("writeFolder", () => {
  it("shows a new folder when all of it is there, and nothing else", async () => {
    const home = temporaryFolder();
    const folder = join(home, "above", "set");
    const result = await writeFolder(folder, async (temporary) => {
      expect(existsSync(folder)).toBe(false);
      return await both(temporary);
    });
    expect(result).toBe("done");
    expect(namesIn(join(home, "above"))).toEqual(["set"]);
    expect([textIn(folder, "a.tsv"), textIn(folder, "deep/b.tsv")]).toEqual(["new a", "new b"]);
  });

  it("gives a folder that is there the new set when all of it is there, and keeps what is not of the set", async () => {
    const folder = temporaryFolder();
    for (const name of ["a.tsv", "notes.txt", "metrics.tsv"]) writeFileSync(join(folder, name), "old");
    mkdirSync(join(folder, "deep"));
    writeFileSync(join(folder, "deep", "c.tsv"), "old");
    const write = async (temporary: string) => {
      await both(temporary);
      expect(textIn(folder, "a.tsv")).toBe("old");
      return true;
    };
    await writeFolder(folder, write, { outdated: ["metrics.tsv", "absent.tsv"] });
    expect(namesIn(folder)).toEqual(["a.tsv", "deep", "notes.txt"]);
    expect([textIn(folder, "a.tsv"), textIn(folder, "notes.txt")]).toEqual(["new a", "old"]);
    expect(namesIn(join(folder, "deep"))).toEqual(["b.tsv", "c.tsv"]);
  });

  it("writes where a link leads that stands in place of the folder", async () => {
    const home = temporaryFolder();
    const [folder, disk] = [join(home, "labels"), join(home, "disk")];
    mkdirSync(disk);
    symlinkSync(disk, folder, "junction");
    expect(await writeFolder(folder, both)).toBe("done");
    expect(namesIn(disk)).toEqual(["a.tsv", "deep"]);
    expect(namesIn(home)).toEqual(["disk", "labels"]);
  });

  it.each([
    ["gives up", async () => null],
    ["fails", async () => Promise.reject(new Error("disk full"))],
  ])("leaves nothing, and what was there as it was, when writing %s", async (_, end) => {
    const home = temporaryFolder();
    const old = join(home, "old");
    mkdirSync(old);
    writeFileSync(join(old, "a.tsv"), "old");
    for (const folder of [old, join(home, "far", "above", "new")]) {
      const write = async (temporary: string) => {
        await both(temporary);
        return await end();
      };
      await writeFolder(folder, write).catch((error: Error) => expect(error.message).toBe("disk full"));
    }
    expect(namesIn(home)).toEqual(["old"]);
    expect([namesIn(old), textIn(old, "a.tsv")]).toEqual([["a.tsv"], "old"]);
  });

  it("speaks of the file as it would have been called", async () => {
    const folder = join(temporaryFolder(), "set");
    const failing = writeFolder(folder, async (temporary) => {
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC", path: join(temporary, "a.tsv") });
    });
    await expect(failing).rejects.toMatchObject({ path: join(folder, "a.tsv") });
  });

  it("removes what a killed process had not completed", async () => {
    const home = temporaryFolder();
    const folder = join(home, "set");
    leave(home, "set", "part");
    await writeFolder(folder, both);
    expect(namesIn(home)).toEqual(["set"]);
  });

  it("completes what a killed process had completed but for its places", async () => {
    const folder = temporaryFolder();
    for (const name of ["a.tsv", "metrics.tsv", "notes.txt"]) writeFileSync(join(folder, name), "old");
    const left = leave(folder, "set", "whole");
    writeFileSync(join(left, ".outdated.json"), '["metrics.tsv"]');
    await writeAtomically(join(folder, "other.tsv"), "other");
    expect(namesIn(folder)).toEqual(["a.tsv", "notes.txt", "other.tsv"]);
    expect(textIn(folder, "a.tsv")).toBe("left");
  });

  it("leaves alone what is not ours, and what a process still writes", async () => {
    const folder = temporaryFolder();
    const kept = [
      leave(folder, "runs", "part", { pid: process.ppid }),
      leave(folder, "elsewhere", "part", { machine: ELSEWHERE }),
      holdTemporary(join(folder, "own")),
      join(folder, ".hidden.tmp"),
      join(folder, `.former.${DEAD}-0123abcd.tmp`),
      join(folder, `.part.${DEAD}-${HERE}-0123abcd.gyrus-other`),
    ];
    for (const path of kept) if (!existsSync(path)) writeFileSync(path, "");
    await writeAtomically(join(folder, "new.tsv"), "");
    for (const path of kept) expect(existsSync(path), path).toBe(true);
    letGoOfTemporary(kept[2]!);
  });

  it("removes what another machine has not touched for a week", async () => {
    const folder = temporaryFolder();
    const left = leave(folder, "elsewhere", "part", { machine: ELSEWHERE });
    const longAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    utimesSync(left, longAgo, longAgo);
    await writeAtomically(join(folder, "new.tsv"), "");
    expect(namesIn(folder)).toEqual(["new.tsv"]);
  });

  it("removes and moves nothing outside of the folder, whatever somebody put there", async () => {
    const home = temporaryFolder();
    const [folder, outside] = [join(home, "set"), join(home, "outside")];
    for (const path of [folder, outside]) mkdirSync(path);
    for (const name of ["a.tsv", "precious"]) writeFileSync(join(outside, name), "theirs");
    const left = leave(folder, "set", "whole");
    writeFileSync(join(left, ".outdated.json"), JSON.stringify(["../outside", "..", outside, 3]));
    mkdirSync(join(left, "linked"));
    writeFileSync(join(left, "linked", "precious"), "evil");
    symlinkSync(outside, join(folder, "linked"));
    symlinkSync(outside, join(folder, `.other.${DEAD}-${HERE}-0123abcd.gyrus-whole`));
    await writeAtomically(join(folder, "new.tsv"), "");
    expect([textIn(outside, "a.tsv"), textIn(outside, "precious")]).toEqual(["theirs", "theirs"]);
  });
});

describe("writeNewFolder", () => {
  it("never writes into a folder of before", async () => {
    const home = temporaryFolder();
    const write = async (temporary: string) => void (await both(temporary));
    const made = [
      await writeNewFolder(home, "split", write),
      // Another process makes one while this one writes.
      await writeNewFolder(home, "split", async (temporary) => {
        await write(temporary);
        mkdirSync(join(home, "split_2"));
      }),
    ];
    expect(made).toEqual([join(home, "split"), join(home, "split_3")]);
    expect(namesIn(join(home, "split_2"))).toEqual([]);
    expect(namesIn(join(home, "split_3"))).toEqual(["a.tsv", "deep"]);
  });
});
