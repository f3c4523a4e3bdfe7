import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { tinyArchitecture, writePhantomStudy } from "../../support/phantomStudy";

/** An experiment file in a folder with a study, and a place for its MAPS. */
async function study(changes: Readonly<Record<string, unknown>> = {}) {
  const folder = temporaryFolder();
  await writePhantomStudy(folder);
  return { folder, ...experimentIn(folder, changes) };
}

function experimentIn(folder: string, changes: Readonly<Record<string, unknown>>) {
  const file = join(folder, "test.experiment.json");
  const experiment = {
    caps_directory: "caps",
    tsv_path: "split",
    architecture: tinyArchitecture,
    epochs: 3,
    batch_size: 4,
    learning_rate: 1e-3,
    n_proc: 0,
    engine: "onnx",
    threads: 1,
    ...changes,
  };
  writeFileSync(file, JSON.stringify(experiment));
  return { file, maps: join(folder, "maps") };
}

describe("gyrus train", () => {
  it("prints one object with the best models of each split, and tells of the epochs meanwhile", async () => {
    const { file, maps } = await study();
    const { exit, printed, said } = await gyrus("train", file, "--output", maps, "--json");
    expect(exit).toBe(EXIT.done);
    expect(resultOf(printed)).toEqual({
      maps,
      reason: "completed",
      // The ages of the phantoms follow their class, for regressions to learn.
      warnings: [expect.objectContaining({ code: "audit.class-by-number", severity: "warning" })],
      sets: [
        {
          split: 0,
          train: expect.objectContaining({
            used: { people: 12, sessions: 12 },
            classes: [
              { name: "AD", people: 6, sessions: 6 },
              { name: "CN", people: 6, sessions: 6 },
            ],
            leftOut: [],
          }),
          validation: expect.objectContaining({ used: { people: 6, sessions: 6 } }),
        },
      ],
      splits: [
        {
          split: 0,
          epochs: 3,
          reason: "completed",
          best: {
            BA: {
              epoch: expect.any(Number),
              validation: expect.objectContaining({ BA: expect.any(Number) }),
            },
            loss: {
              epoch: expect.any(Number),
              validation: expect.objectContaining({ loss: expect.any(Number) }),
            },
          },
        },
      ],
    });
    expect(said).toMatch(/^split 0: custom, 12 training and 6 validation samples, on onnxruntime/m);
    expect(said).toMatch(
      /^split 0, best by BA: AUC [\d.]+ \([\d.]+ to [\d.]+\), BA [\d.]+ \(.*\), of 6 people \(chosen on these people/m,
    );
    expect(said.match(/^ {2}epoch \d\/3 {2}loss/gm)).toHaveLength(3);
    expect(existsSync(join(maps, "split-0/best-BA/model.pth.tar"))).toBe(true);
  });

  it("says what a transfer took and what begins anew", async () => {
    const { folder, file, maps } = await study({ network_task: "reconstruction", epochs: 1 });
    await gyrus("train", file, "--output", maps);
    const target = experimentIn(folder, { transfer_path: "maps", epochs: 1 });
    const { exit, said } = await gyrus("train", target.file, "--output", join(folder, "target"));
    expect(exit).toBe(EXIT.done);
    expect(said).toMatch(
      /^Split 0: 14 tensors of this cnn start from the autoencoder .*; 2 begin anew \(fc\)/m,
    );
  });

  it("prints nothing on stdout unless it is asked", async () => {
    const { file, maps } = await study({ epochs: 1 });
    expect(await gyrus("train", file, "--output", maps)).toMatchObject({ exit: EXIT.done, printed: "" });
  });

  it("refuses an experiment with all that is wrong at once, and leaves nothing behind", async () => {
    const { file, maps } = await study({ network_task: "classificaton", epochs: -1, batchsize: 2 });
    const { exit, said } = await gyrus("train", file, "--output", maps);
    expect(exit).toBe(EXIT.badInput);
    expect(said).toMatch(/^warning: .*"batchsize" is not known .*Did you mean "batch_size"\?$/m);
    expect(said).toMatch(/nothing was started, because of 2 problems:/);
    expect(said).toMatch(/network_task.*Did you mean "classification"\?/);
    expect(said).toMatch(/epochs: "epochs" is -1/);
    expect(existsSync(maps)).toBe(false);
  });

  it("warns of more threads than there are cores", async () => {
    const { file, maps } = await study({ epochs: 1 });
    const { said } = await gyrus(
      "train",
      file,
      "--output",
      maps,
      "--threads",
      `${availableParallelism() + 1}`,
    );
    expect(said).toMatch(/^warning: threads: \d+ threads on \d+ cores? wait for each other/);
    const again = await gyrus("train", file, "--output", join(maps, "../one"));
    expect(again.said).not.toContain("wait for each other");
  });

  it("names the key of a transfer from what is no MAPS", async () => {
    const { file, maps } = await study({ transfer_path: "nowhere" });
    const { exit, said } = await gyrus("train", file, "--output", maps);
    expect(exit).toBe(EXIT.badInput);
    expect(said).toMatch(/nowhere\/maps\.json: transfer_path: /);
  });

  it("refuses a folder that holds something, and does not touch it", async () => {
    const { file, maps } = await study();
    mkdirSync(maps);
    writeFileSync(join(maps, "thesis.txt"), "do not lose");
    const { exit, said } = await gyrus("train", file, "--output", maps);
    expect(exit).toBe(EXIT.badInput);
    expect(said).toContain(maps);
    expect(readdirSync(maps)).toEqual(["thesis.txt"]);
  });

  it.each([
    ["no output", ["a.json"], /--output MAPS is missing/],
    ["no experiment", ["--output", "maps"], /EXPERIMENT is missing/],
    ["an experiment that is not there", ["a.json", "--output", "maps"], /a\.json: The file does not exist/],
    [
      "an engine that nobody knows",
      ["FILE", "--output", "maps", "--engine", "torch"],
      /--engine torch: expected/,
    ],
    ["an option that nobody knows", ["FILE", "--output", "maps", "--gpus"], /There is no option --gpus\.$/m],
    ["a misspelt option", ["FILE", "--ouput=maps"], /no option --ouput\. Did you mean --output\?$/m],
    ["a folder that cannot be made", ["FILE", "--output", "/dev/null/maps"], /There is a file of this name/],
  ])("refuses %s in one line", async (_, words, expected) => {
    const { file } = experimentIn(temporaryFolder(), {});
    const { exit, said } = await gyrus("train", ...words.map((word) => (word === "FILE" ? file : word)));
    expect(exit).toBe(EXIT.badInput);
    expect(said).toMatch(expected);
    expect(said).not.toContain("    at ");
  });
});

describe("gyrus predict", () => {
  let folder: string;
  let maps: string;
  beforeEach(async () => {
    const made = await study();
    ({ folder, maps } = made);
    expect((await gyrus("train", made.file, "--output", maps)).exit).toBe(EXIT.done);
  });
  const predict = (...words: string[]) => gyrus("predict", maps, ...words, "--engine", "onnx");
  const test = () => ["--caps", join(folder, "caps"), "--tsv", join(folder, "test.tsv")];

  it("prints one object with the metrics of every selected model, or a table for people", async () => {
    const { exit, printed } = await predict("test", ...test(), "--json");
    expect(exit).toBe(EXIT.done);
    const { group, classes, results } = resultOf(printed);
    expect(group).toBe("test");
    expect(classes).toEqual(["AD", "CN"]);
    expect(results.map(({ split, metric }: { split: number; metric: string }) => [split, metric])).toEqual([
      [0, "BA"],
      [0, "loss"],
    ]);
    expect(results[0].metrics[0]).toMatchObject({ BA: expect.any(Number), loss: expect.any(Number) });
    const again = await predict("test", "--selection", "loss");
    expect(again.said).toMatch(/^split-0\/best-loss +\S/m);
    expect(again.said).not.toContain("best-BA");
    expect(again.said).toContain("Sensitivity is the share of AD that is found.");
    expect(again.said).toContain(`The tables stand in ${join(maps, "split-0/best-loss/test")}.`);
    const both = await predict("test");
    expect(both.said).toContain(`The tables stand in ${join(maps, "split-0/best-*/test")}.`);
  });

  it("says that a stop came before any result", async () => {
    const before = process.listenerCount("SIGINT");
    const waiting = setInterval(() => {
      if (process.listenerCount("SIGINT") === before) return;
      clearInterval(waiting);
      process.emit("SIGINT", "SIGINT");
    });
    const { exit, said } = await predict("stopped", ...test());
    expect([exit, said]).toEqual([
      EXIT.stopped,
      expect.stringMatching(/^Stopping after this batch .*\nStopped before/),
    ]);
  });

  it("gives each of three classes a row", async () => {
    const three = temporaryFolder();
    const diagnoses = ["AD", "CN", "MCI"];
    await writePhantomStudy(three, { diagnoses, test: 6 });
    const made = experimentIn(three, { diagnoses, epochs: 1 });
    await gyrus("train", made.file, "--output", made.maps);
    const data = ["--caps", join(three, "caps"), "--tsv", join(three, "test.tsv")];
    const { said } = await gyrus(
      "predict",
      made.maps,
      "test",
      ...data,
      "--engine",
      "onnx",
      "--selection",
      "BA",
    );
    const lines = said.split("\n").map((line) => line.trim().split(/\s+/));
    expect(lines[0]?.slice(0, 5)).toEqual(["model", "accuracy", "loss", "BA", "F1_score"]);
    expect(lines.slice(2, 6).map(([name]) => name)).toEqual(["split-0/best-BA", "AD", "CN", "MCI"]);
    expect(lines[3]?.slice(1, 4)).toEqual(["-", "-", expect.stringMatching(/^\d\.\d{4}$/)]);
  });

  it("refuses participants that the networks were trained on, unless it is told", async () => {
    const leaked = ["--caps", join(folder, "caps"), "--tsv", join(folder, "split/train_baseline.tsv")];
    const refused = await predict("leak", ...leaked);
    expect(refused.exit).toBe(EXIT.badInput);
    expect(refused.said).toContain("Everybody in the group was in the training or validation sets");
    expect(existsSync(join(maps, "groups/leak"))).toBe(false);
    const reply = JSON.parse((await predict("leak", ...leaked, "--json")).printed);
    expect(reply).toMatchObject({
      ok: false,
      problems: [{ code: "group.everyone-known", file: maps, where: null }],
    });
    expect((await predict("leak", ...leaked, "--skip-leak-check")).exit).toBe(EXIT.done);
    expect((await predict("leak", ...leaked, "--skip_leak_check")).exit).toBe(EXIT.done);
  });
});

describe("people with a diagnosis that the networks do not know", () => {
  it("are predicted and explained without labels, when their diagnosis is asked for, and from then on by the name of the group", async () => {
    const { folder, maps, file } = await study({ selection_metrics: ["loss"] });
    await gyrus("train", file, "--output", maps);
    const tsv = join(folder, "impaired.tsv");
    writeFileSync(tsv, readFileSync(join(folder, "test.tsv"), "utf8").replaceAll(/\t(AD|CN)/g, "\tMCI"));
    const data = ["--caps", join(folder, "caps"), "--tsv", tsv, "--engine", "onnx"];
    const refused = await gyrus("predict", maps, "mci", ...data, "--no-labels");
    expect(refused.exit).toBe(EXIT.badInput);
    expect(refused.said).toMatch(/No row has one of the diagnoses AD, CN\. Ask for other diagnoses/);
    const asked = ["--diagnoses", "MCI", "--no-labels"];
    expect((await gyrus("predict", maps, "mci", ...data, ...asked)).exit).toBe(EXIT.done);
    expect((await gyrus("predict", maps, "mci", "--engine", "onnx")).exit).toBe(EXIT.done);
    const why = await gyrus("interpret", maps, "others", "why", "gradients", ...data, ...asked, "--json");
    expect(why.exit).toBe(EXIT.done);
    const written: string[] = readdirSync(resultOf(why.printed).folders[0]);
    expect(written.filter((name) => name.endsWith("_map.nii.gz"))).toHaveLength(5);
  });
});

describe("gyrus interpret", () => {
  let folder: string;
  let maps: string;
  beforeEach(async () => {
    const made = await study({ selection_metrics: ["loss"] });
    ({ folder, maps } = made);
    expect((await gyrus("train", made.file, "--output", maps)).exit).toBe(EXIT.done);
  });
  const test = () => ["--caps", join(folder, "caps"), "--tsv", join(folder, "test.tsv"), "--engine", "onnx"];
  const place = (name: string) => join(maps, `split-0/best-loss/test/interpret-${name}`);

  it.each(["gradients", "grad-cam"])(
    "writes a map of each participant and their mean: %s",
    async (method) => {
      const { exit, printed } = await gyrus("interpret", maps, "test", "why", method, ...test(), "--json");
      expect(exit).toBe(EXIT.done);
      expect(resultOf(printed)).toEqual({
        maps,
        output: maps,
        group: "test",
        folders: [place("why")],
        warnings: [],
      });
      expect(readdirSync(place("why")).sort()).toEqual([
        "interpretation.json",
        "mean_image-0_map.nii.gz",
        ...[18, 19, 20, 21].map((number) => `sub-0${number}_ses-M000_image-0_map.nii.gz`),
      ]);
    },
  );

  it.each([
    [
      "an unknown method",
      ["why", "lime"],
      "METHOD lime: expected gradients, grad-cam, integrated-gradients, occlusion.",
    ],
    ["a missing name", ["gradients"], "METHOD is missing."],
    ["a class that is not there", ["why", "gradients", "--node", "2"], "There is no output 2."],
  ])("refuses %s", async (_, words, message) => {
    const { exit, said } = await gyrus("interpret", maps, "test", ...words, ...test());
    expect(exit).toBe(EXIT.badInput);
    expect(said).toContain(message);
    expect(existsSync(join(maps, "groups/test"))).toBe(false);
  });
});

describe("Ctrl+C", () => {
  const cli = resolve(import.meta.dirname, "../../../dist/cli.js");

  async function saysOnce(child: ChildProcess, pattern: RegExp): Promise<void> {
    for await (const line of createInterface({ input: child.stderr! })) if (pattern.test(line)) return;
    throw new Error(`The trainer ended and never said ${pattern}.`);
  }

  it("stops after the weight update with exit code 130, and the training can go on", async () => {
    const { file, maps } = await study({ epochs: 400, patience: 0 });
    const child = spawn(process.execPath, [cli, "train", file, "--output", maps], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = once(child, "exit");
    await saysOnce(child, /epoch +2\/400/);
    child.kill("SIGINT");
    await saysOnce(child, /`gyrus resume \S+maps` goes on\.$/);
    child.stderr.resume();
    expect(await exited).toEqual([EXIT.stopped, null]);
    expect(existsSync(join(maps, "split-0/tmp/training_state.json"))).toBe(true);

    const resumed = spawn(process.execPath, [cli, "resume", maps], { stdio: ["ignore", "ignore", "pipe"] });
    const ended = once(resumed, "exit");
    await saysOnce(resumed, /resumed at epoch \d+/);
    resumed.kill("SIGTERM");
    resumed.stderr.resume();
    expect(await ended).toEqual([EXIT.stopped, null]);
  });
});
