/** Several experiments in one command, as the real program with a place for one training. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { EXIT } from "../../../src/run/exitCodes";
import { begun, gyrus } from "../../support/clusterStudy";
import { temporaryFolder } from "../../support/folder";
import { CLI, writeResumableStudy } from "../../support/trainerProgram";

/** More epochs than any test waits for. */
const ENDLESS = 1_000_000;

let folder: string;
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  file = await writeResumableStudy(folder, 1, { sampler: "random", data_augmentation: [] });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The files of experiments on one study, by their names and epochs, and the command that trains them all in a new folder. */
function experiments(epochs: Readonly<Record<string, number>>) {
  const experiment = JSON.parse(readFileSync(file, "utf8"));
  const files = Object.entries(epochs).map(([name, count]) => {
    const path = join(folder, `${name}.experiment.json`);
    writeFileSync(path, JSON.stringify({ ...experiment, epochs: count }));
    return path;
  });
  const output = join(temporaryFolder(), "trials");
  return {
    files,
    words: ["train-all", ...files, "--output", output, "--json"],
    maps: (name: string) => join(output, `maps_${name}`),
  };
}

const recordOf = (maps: string) =>
  JSON.parse(readFileSync(mapsPlace(maps).split(0).network().runJson, "utf8"));
const became = (printed: string) =>
  JSON.parse(printed).result.trainings.map(({ became }: { became: string }) => became);

/** A command that goes on while a test looks at it. */
function inBackground(words: readonly string[]): {
  child: ChildProcess;
  ended: Promise<[number, string, string]>;
} {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = Promise.all([once(child, "close"), text(child.stdout), text(child.stderr)]).then(
    ([[code], printed, said]): [number, string, string] => [code, printed, said],
  );
  return { child, ended };
}

describe("gyrus train-all", () => {
  it("trains three one after another, and is done at once where all is done", async () => {
    const { words, maps } = experiments({ a: 1, b: 1, c: 1 });
    const { code, said, printed } = await gyrus(...words);
    expect(code, said).toBe(EXIT.done);
    expect(became(printed)).toEqual(["finished", "finished", "finished"]);
    const runs = ["a", "b", "c"].map((name) => recordOf(maps(name)));
    for (const [index, { started }] of runs.entries()) {
      if (index > 0) expect(started).toBeGreaterThanOrEqual(runs[index - 1].end.time);
    }
    const again = await gyrus(...words, "--resume");
    expect(again.code, again.said).toBe(EXIT.done);
    expect(["a", "b", "c"].map((name) => recordOf(maps(name)))).toEqual(runs);
  });

  it("goes on with the next where one is killed, and says which did not come to its end", async () => {
    const { files, words, maps } = experiments({ a: ENDLESS, b: 1 });
    const { ended } = inBackground(words);
    await begun(maps("a"), 0);
    expect(existsSync(maps("b"))).toBe(false);
    process.kill(recordOf(maps("a")).pid, "SIGKILL");
    const [code, printed, said] = await ended;
    expect(code, said).toBe(EXIT.failed);
    expect(recordOf(maps("b")).end.reason).toBe("completed");
    expect(JSON.parse(printed).problems).toMatchObject([
      { code: "queue.failed", message: `The training of ${files[0]} did not come to its end.` },
    ]);
  });

  it.skipIf(process.platform === "win32")("stops with a checkpoint and begins no other", async () => {
    const { files, words, maps } = experiments({ a: ENDLESS, b: 1 });
    const { child, ended } = inBackground(words);
    await begun(maps("a"), 0);
    child.kill("SIGINT");
    const [code, printed, said] = await ended;
    expect(code, said).toBe(EXIT.stopped);
    expect(JSON.parse(printed).problems).toMatchObject([
      { code: "queue.stopped", message: expect.stringContaining(`${files[0]}, ${files[1]}`) },
    ]);
    expect(existsSync(mapsPlace(maps("a")).split(0).tmp)).toBe(true);
    expect(existsSync(maps("b"))).toBe(false);
  });

  it("refuses all at once, before any begins: what cannot be read, and what would come to one MAPS", async () => {
    const { files, words, maps } = experiments({ a: 1, b: -1 });
    const [first = ""] = files;
    const twin = join(temporaryFolder(), "a.experiment.json");
    copyFileSync(first, twin);
    const { code, said, printed } = await gyrus(...words, twin);
    expect(code, said).toBe(EXIT.badInput);
    expect(printed).toContain(`Its MAPS would be ${maps("a")}, as that of ${first}.`);
    expect(printed).toContain("b.experiment.json");
    expect(existsSync(maps("a"))).toBe(false);
  });
});
