import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { readNiftiHeader } from "../../../src/data/nifti/niftiHeader";
import { fileSource, readNiftiSeries } from "../../../src/data/nifti/niftiSeries";
import { parseTable, readTable } from "../../../src/data/tables/table";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { isNumber } from "../../../src/experiment/labelCode";
import {
  entriesOf,
  FileRefusal,
  lookAt,
  MOST_BYTES,
  namesIn,
  openToRead,
  readUtf8,
  readWhole,
  withFile,
} from "../../../src/files/reader";
import { EventTail } from "../../../src/maps/events/eventTail";
import { readMapsJson } from "../../../src/maps/folder/mapsJson";
import { mapsPlace } from "../../../src/maps/folder/place";
import { stopRequest } from "../../../src/maps/units/stopRequest";
import { readTorchFile } from "../../../src/maps/weights/torch/torchFile";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";

const onUnix = process.platform !== "win32";

/** A pipe that nobody writes to: who opens it as a file waits for ever. */
function pipe(name = "pipe"): string {
  const path = join(temporaryFolder(), name);
  execFileSync("mkfifo", [path]);
  return path;
}

describe("a file", () => {
  it("is read whole, also one that does not know its size", async () => {
    const file = join(temporaryFolder(), "a.txt");
    const content = "é".repeat(100_000);
    writeFileSync(file, content);
    expect(await readUtf8(file, "json")).toBe(content);
    writeFileSync(file, "");
    expect(await readWhole(file, "json")).toEqual(Buffer.alloc(0));
    if (process.platform === "linux") expect(await readUtf8("/proc/self/status", "json")).toContain("Pid:");
  });

  it("is not read where it is larger than its kind can be", async () => {
    const file = join(temporaryFolder(), "a.experiment.json");
    writeFileSync(file, "{}");
    truncateSync(file, MOST_BYTES.json + 1);
    await expect(readWhole(file, "json")).rejects.toMatchObject({ refusal: { why: "too-large" } });
    expect((await readExperiment(file)).problems).toMatchObject([
      { code: "file.too-large", message: expect.stringContaining("10 MB") },
    ]);
  });

  it("that is a folder or absent is refused as the system refuses it", async () => {
    const folder = temporaryFolder();
    await expect(readWhole(folder, "json")).rejects.toMatchObject({ code: "EISDIR" });
    await expect(openToRead(folder)).rejects.toMatchObject({ code: "EISDIR" });
    await expect(readWhole(join(folder, "absent"), "json")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(namesIn(join(folder, "absent"))).rejects.toMatchObject({ code: "ENOENT" });
    expect(await entriesOf(join(folder, "absent"))).toEqual([]);
    expect(await lookAt(join(folder, "absent"))).toBeNull();
  });
});

describe.runIf(onUnix)("what is no file", () => {
  it.each([
    ["a device without end", () => "/dev/zero", "device"],
    ["the terminal", () => "/dev/tty", "device"],
    ["a pipe without writer", () => pipe(), "pipe"],
    [
      "a link to a device",
      () => {
        const link = join(temporaryFolder(), "labels.tsv");
        symlinkSync("/dev/zero", link);
        return link;
      },
      "device",
    ],
  ])("is not opened: %s", async (_name, make, what) => {
    const path = make();
    const refusal = { refusal: { why: "not-regular", what } };
    await expect(openToRead(path)).rejects.toMatchObject(refusal);
    await expect(withFile(path, async () => 0)).rejects.toMatchObject(refusal);
    await expect(readWhole(path, "table")).rejects.toBeInstanceOf(FileRefusal);
  });

  it("is not opened: a socket", async () => {
    const path = join(temporaryFolder(), "socket");
    const server = createServer().listen(path);
    await new Promise((done) => server.once("listening", done));
    await expect(openToRead(path)).rejects.toMatchObject({ refusal: { what: "socket" } });
    server.close();
  });

  const code = "file.not-regular";
  it.each([
    ["a table", (path: string) => readTable(path)],
    ["the header of an image", (path: string) => readNiftiHeader(path)],
    ["an image", (path: string) => readNifti(path)],
    ["an image of a view", (path: string) => readNiftiSeries(fileSource(path))],
    ["weights", (path: string) => readTorchFile(path)],
  ])("is told by every reader: %s", async (_name, read) => {
    for (const path of ["/dev/zero", pipe()]) {
      expect(await problemsOf(() => read(path))).toMatchObject([{ code, file: path }]);
    }
  });

  it("is told by every reader: an experiment, its preprocessing, a maps.json", async () => {
    expect((await readExperiment("/dev/zero")).problems).toMatchObject([{ code }]);
    const file = join(temporaryFolder(), "a.experiment.json");
    const keys = { caps_directory: "caps", tsv_path: "split", preprocessing_json: "/dev/zero" };
    writeFileSync(file, JSON.stringify(keys));
    expect((await readExperiment(file)).problems).toMatchObject([
      { code, file: "/dev/zero", where: "preprocessing_json" },
    ]);
    const maps = temporaryFolder();
    symlinkSync("/dev/zero", mapsPlace(maps).mapsJson);
    expect(await problemsOf(() => readMapsJson(maps))).toMatchObject([{ code }]);
  });

  it("stops nobody who follows a MAPS: a log and a request to stop that are pipes", async () => {
    await expect(new EventTail(pipe()).read()).rejects.toBeInstanceOf(FileRefusal);
    const maps = temporaryFolder();
    const { stopJson } = mapsPlace(maps);
    execFileSync("mkfifo", [stopJson]);
    expect(stopRequest({ stopJson })).toBe("batch");
    mkdirSync(join(maps, "folder"));
    expect(stopRequest({ stopJson: join(maps, "folder") })).toBe("batch");
  });
});

describe("text that is made to keep a reader busy", () => {
  /** Seconds of the processor. */
  async function secondsOf(action: () => unknown): Promise<number> {
    const began = process.cpuUsage();
    await action();
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  }

  it("does not: a label of digits, a string of megabytes, a header of a hundred thousand columns", async () => {
    const digits = `${"1".repeat(200_000)}x`;
    expect(await secondsOf(() => isNumber(digits))).toBeLessThan(2);
    const file = join(temporaryFolder(), "a.experiment.json");
    writeFileSync(file, JSON.stringify({ caps_directory: "a\\".repeat(2_000_000), tsv_path: "split" }));
    expect((await readExperiment(file)).problems).toEqual([]);
    const names = Array.from({ length: 100_000 }, (_, i) => `c${i}`).join("\t");
    const rows = "x\n".repeat(2_000);
    expect(await secondsOf(() => problemsOf(() => parseTable("a.tsv", `${names}\n${rows}`)))).toBeLessThan(4);
    const same = Array.from({ length: 20_000 }, () => "c").join("\t");
    expect(await secondsOf(() => problemsOf(() => parseTable("a.tsv", `${same}\n${rows}`)))).toBeLessThan(4);
  });
});
