import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lookAlone } from "../../../src/maps/units/ownPlaces";
import { temporaryFolder } from "../../support/folder";

const look = (folder: string, pid: number, began: number) =>
  writeFileSync(join(folder, `${hostname()}-${pid}-${began}-x.look`), "");

describe("a look at the places of trainings", () => {
  it("is alone until it has ended", () => {
    const folder = temporaryFolder();
    const end = lookAlone(folder);
    expect(end).not.toBeNull();
    expect(lookAlone(folder)).toBeNull();
    end?.();
    const next = lookAlone(folder);
    expect(next).not.toBeNull();
    next?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("waits for one of another process that runs", () => {
    const folder = temporaryFolder();
    look(folder, process.ppid, Date.now());
    expect(lookAlone(folder)).toBeNull();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it("gives back that of a process that is gone", async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ["-e", ""]);
    await once(child, "exit");
    look(folder, child.pid ?? 0, Date.now());
    lookAlone(folder)?.();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([-60_000, 60_000])(
    "gives back that of a process that hangs, or whose number another one has by now (%i ms)",
    (before) => {
      const folder = temporaryFolder();
      look(folder, process.ppid, Date.now() + before);
      lookAlone(folder)?.();
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("is done without where there can be no folder", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(lookAlone(join(folder, "file"))).not.toBeNull();
  });
});
