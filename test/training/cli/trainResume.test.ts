/** `gyrus train --resume`, as a cluster gives it again and again: the real program. */
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { contentOf } from "../../support/mapsContent";
import { gyrus } from "../../support/memoryTerminal";
import { readEvents } from "../../support/readEvents";
import { trainerProgram, writeResumableStudy } from "../../support/trainerProgram";

let folder: string;
let file: string;
let whole: string;
/** Operations on files of a training. */
let operations: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  file = await writeResumableStudy(folder, 3);
  whole = join(folder, "whole");
  const counted = join(folder, "operations");
  const { code, errors } = await trainerProgram(["train", file, "--output", whole, "--resume"], {
    GYRUS_COUNT_TO: counted,
  });
  expect(code, errors).toBe(EXIT.done);
  operations = Number(readFileSync(counted, "utf8"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const command = (maps: string) => ["train", file, "--output", maps, "--resume"];

describe("gyrus train --resume", () => {
  it("comes to the same training when it is killed again and again, and given again", async () => {
    const maps = join(temporaryFolder(), "killed");
    const beginning = await trainerProgram(command(maps), { GYRUS_KILL_BEFORE: "/killed/maps.json" });
    expect(beginning.signal, beginning.errors).toBe("SIGKILL");
    expect(existsSync(mapsPlace(maps).mapsJson)).toBe(false);
    for (const share of [0.2, 0.3, 0.3]) {
      const { signal, errors } = await trainerProgram(command(maps), {
        GYRUS_KILL_AT: String(Math.ceil(share * operations)),
      });
      expect(signal, errors).toBe("SIGKILL");
    }
    const { code, errors } = await trainerProgram(command(maps));
    expect(code, errors).toBe(EXIT.done);
    expect(errors).toMatch(/resumed at epoch/);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("is done at once where all is done, without the data, and changes nothing", async () => {
    const maps = join(temporaryFolder(), "maps");
    cpSync(whole, maps, { recursive: true });
    // This one looks at the data.
    const sets = JSON.parse((await gyrus("resume", maps, "--json")).printed);
    expect(sets.result.sets).toMatchObject([{ split: 0, train: { used: { people: 14 } } }]);
    const caps = join(folder, "caps");
    renameSync(caps, `${caps}-away`);
    onTestFinished(() => renameSync(`${caps}-away`, caps));
    const { exit, said, printed } = await gyrus(...command(maps), "--json");
    expect(exit, said).toBe(EXIT.done);
    expect(said).toContain("Split 0 has finished already.");
    expect(JSON.parse(printed)).toMatchObject({
      ok: true,
      result: {
        maps,
        reason: "completed",
        sets: sets.result.sets,
        splits: [{ split: 0, epochs: 3, reason: "completed" }],
      },
    });
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });

  it("says null of the sets of a finished training whose log does not tell of them", async () => {
    const maps = join(temporaryFolder(), "maps");
    cpSync(whole, maps, { recursive: true });
    const { eventsJsonl } = mapsPlace(maps).split(0).network();
    const [start, ...others] = readFileSync(eventsJsonl, "utf8").split("\n");
    const { flow, ...former } = JSON.parse(start!);
    expect(flow).toHaveProperty("train");
    writeFileSync(eventsJsonl, [JSON.stringify(former), ...others].join("\n"));
    const { printed } = await gyrus(...command(maps), "--json");
    expect(JSON.parse(printed)).toMatchObject({ ok: true, result: { reason: "completed", sets: null } });
  });

  it("settles a training that was killed when only its record was left to write", async () => {
    const maps = join(temporaryFolder(), "maps");
    cpSync(whole, maps, { recursive: true });
    const { runJson } = mapsPlace(maps).split(0).network();
    writeFileSync(
      runJson,
      JSON.stringify({ ...JSON.parse(readFileSync(runJson, "utf8")), end: null, pid: 2 ** 22 }),
    );
    expect((await gyrus(...command(maps))).exit).toBe(EXIT.done);
    expect(JSON.parse(readFileSync(runJson, "utf8")).end).toMatchObject({ reason: "completed" });
  });

  it("refuses the MAPS of another experiment, with every setting that differs", async () => {
    const other = join(folder, "other.experiment.json");
    const experiment = {
      ...JSON.parse(readFileSync(file, "utf8")),
      epochs: 4,
      learning_rate: 0.5,
      threads: 2,
    };
    writeFileSync(other, JSON.stringify(experiment));
    const before = await contentOf(whole);
    const { exit, said } = await gyrus("train", other, "--output", whole, "--resume");
    expect(exit).toBe(EXIT.badInput);
    expect(said).toContain('"epochs" is 4, but 3 in the MAPS.');
    expect(said).toContain('"learning_rate" is 0.5, but 0.0001 in the MAPS.');
    expect(said).not.toContain("threads");
    expect(await contentOf(whole)).toEqual(before);
  });

  it("refuses one of ClinicaDL, and a folder of other files", async () => {
    const maps = join(temporaryFolder(), "maps");
    cpSync(whole, maps, { recursive: true });
    const { mapsJson } = mapsPlace(maps);
    const { gyrus_version: _, ...foreign } = JSON.parse(readFileSync(mapsJson, "utf8"));
    writeFileSync(mapsJson, JSON.stringify(foreign));
    expect((await gyrus(...command(maps))).said).toContain("ClinicaDL trained here.");
    const full = temporaryFolder();
    writeFileSync(join(full, "notes.txt"), "");
    const { exit, said } = await gyrus(...command(full));
    expect([exit, said]).toEqual([EXIT.badInput, expect.stringContaining("The folder is not empty.")]);
  });

  it("goes on with a training that failed or was stopped, and tells where it goes on", async () => {
    const maps = join(temporaryFolder(), "maps");
    if (process.platform === "win32") return;
    const half = String(Math.floor(operations / 2));
    const stopped = await trainerProgram(command(maps), { GYRUS_KILL_AT: half, GYRUS_SIGNALS: "SIGTERM" });
    expect(stopped, stopped.errors).toMatchObject({ code: EXIT.stopped });
    expect(existsSync(mapsPlace(maps).split(0).tmp)).toBe(true);
    expect((await trainerProgram(command(maps))).code).toBe(EXIT.done);
    const { events } = await readEvents(mapsPlace(maps).split(0).network().eventsJsonl);
    expect(events.filter(({ kind }) => kind === "start")).toHaveLength(2);
    expect(await contentOf(maps)).toEqual(await contentOf(whole));
  });
});
