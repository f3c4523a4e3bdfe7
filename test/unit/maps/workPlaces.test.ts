import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { workPlacesFolder } from "../../../src/maps/units/ownPlaces";
import { isRunning, thisProcess } from "../../../src/maps/units/processIdentity";
import {
  claimWorkPlace,
  leaveWorkPlace,
  takeWorkPlace,
  workPlaces,
} from "../../../src/maps/units/workPlaces";
import { wait } from "../../support/effort";
import { temporaryFolder } from "../../support/folder";

const place = (maps: string) => ({ maps, threads: 2, card: null });

/** The file of the only place, told of another process. */
function told(folder: string, changes: object): void {
  const [name] = readdirSync(folder);
  const file = join(folder, name!);
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), ...changes }));
}

/** The file of the only place becomes that of another process that runs: the one that started this one. */
function asOfAnother(folder: string): void {
  const [name = ""] = readdirSync(folder);
  told(folder, { pid: process.ppid, processStart: null });
  renameSync(join(folder, name), join(folder, name.replace(`-${process.pid}.`, `-${process.ppid}.`)));
}

describe("the places of trainings on a machine", () => {
  it("are taken, taken again, and given back", () => {
    const folder = join(temporaryFolder(), "new");
    expect(workPlaces(folder)).toEqual([]);
    takeWorkPlace(place("/a"), folder);
    takeWorkPlace({ ...place("/a"), card: "0" }, folder);
    takeWorkPlace(place("/b"), folder);
    expect(workPlaces(folder).toSorted((a, b) => (a.maps < b.maps ? -1 : 1))).toEqual([
      { maps: "/a", threads: 2, card: "0" },
      { maps: "/b", threads: 2, card: null },
    ]);
    leaveWorkPlace("/a", folder);
    expect(workPlaces(folder)).toEqual([place("/b")]);
    leaveWorkPlace("/b", folder);
    expect(existsSync(folder)).toBe(false);
  });

  it("are neither read nor written through a link, which anybody could have put there", () => {
    const [real, other] = [temporaryFolder(), temporaryFolder()];
    takeWorkPlace(place("/a"), real);
    const link = join(other, "link");
    symlinkSync(real, link);
    expect(workPlaces(link)).toEqual([]);
    takeWorkPlace(place("/b"), link);
    leaveWorkPlace("/a", link);
    expect(workPlaces(real)).toEqual([place("/a")]);
  });

  it("are free when their process is gone, however it ended", async () => {
    const folder = temporaryFolder();
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    takeWorkPlace(place("/a"), folder);
    told(folder, { pid: child.pid });
    expect(workPlaces(folder)).toEqual([place("/a")]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(workPlaces(folder)).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are free when their process is gone and its number is that of another", async () => {
    const folder = temporaryFolder();
    const kept = () => JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), "utf8"));
    takeWorkPlace(place("/a"), folder);
    // The moment in which this process began is asked for when the place is taken.
    await vi.waitFor(() => expect(kept().processStart).toEqual(expect.any(String)), wait);
    expect(workPlaces(folder)).toEqual([place("/a")]);
    told(folder, { pid: process.ppid });
    await vi.waitFor(() => expect(workPlaces(folder)).toEqual([]), wait);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are those of their processes however often they are looked at", async () => {
    const folder = temporaryFolder();
    takeWorkPlace(place("/a"), folder);
    await vi.waitFor(
      () => expect(readFileSync(join(folder, readdirSync(folder)[0]!), "utf8")).toMatch(/"processStart":"/),
      wait,
    );
    const looks = [];
    for (let look = 0; look < 5; look++) {
      looks.push(workPlaces(folder).length);
      await isRunning(await thisProcess());
    }
    expect(looks).toEqual([1, 1, 1, 1, 1]);
  });

  it("are as many as trainers where several train one MAPS, and one gives back its own alone", () => {
    const folder = temporaryFolder();
    takeWorkPlace(place("/a"), folder);
    asOfAnother(folder);
    takeWorkPlace(place("/a"), folder);
    expect(workPlaces(folder)).toEqual([place("/a"), place("/a")]);
    leaveWorkPlace("/a", folder);
    expect(workPlaces(folder)).toEqual([place("/a")]);
  });

  it("that are claimed for a trainer count until it has its own", () => {
    const folder = temporaryFolder();
    claimWorkPlace(place("/a"), folder);
    asOfAnother(folder);
    expect(workPlaces(folder)).toEqual([place("/a")]);
    takeWorkPlace({ ...place("/a"), threads: 4 }, folder);
    expect(workPlaces(folder)).toEqual([{ ...place("/a"), threads: 4 }]);
  });

  it.each([
    ["from before the machine was started", { since: 1 }],
    ["of another machine", { host: `${hostname()}-2` }],
    ["without a process", { pid: 0 }],
    ["of a number of threads that is none", { threads: -1 }],
  ])("are none %s", (_, changes) => {
    const folder = temporaryFolder();
    takeWorkPlace(place("/a"), folder);
    told(folder, changes);
    expect(workPlaces(folder)).toEqual([]);
  });

  it("do without a folder that cannot be, and without files that are none of theirs", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    expect(() => takeWorkPlace(place("/a"), join(folder, "file", "deeper"))).not.toThrow();
    writeFileSync(join(folder, `${hostname()}-x.json`), "{");
    expect(workPlaces(folder)).toEqual([]);
  });

  it("stand among the temporary files, or where the environment says", () => {
    expect(workPlacesFolder({ GYRUS_TRAININGS: "/here" })).toBe("/here");
    expect(workPlacesFolder({})).toMatch(/gyrus-trainings-\w+$/);
  });
});
