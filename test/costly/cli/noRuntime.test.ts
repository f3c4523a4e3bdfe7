/** A machine that cannot load onnxruntime: what computes says so, everything else works. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Host, needOf } from "../../../src/engine/onnx/runtime";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { sentenceText } from "../../../src/network/sentence";
import { readReply } from "../../../src/run/commandReply";
import { temporaryFolder } from "../../support/folder";
import { CLI, trainerProgram, writeResumableStudy } from "../../support/trainerProgram";

const broken = join(import.meta.dirname, "../../support/brokenLoader.cjs");
const LINE = "version `GLIBC_2.28' not found";

interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** What a command does where the loader refuses the library. */
const gyrus = (...words: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    execFile(process.execPath, ["--require", broken, CLI, ...words], (error, output, errors) =>
      resolve({ code: error === null ? 0 : Number(error.code), output, errors }),
    );
  });

describe("where onnxruntime cannot be loaded", () => {
  it.each(["--help", "--version", "describe Conv5_FC3", "train --help"])("`gyrus %s` works", async (line) => {
    const { code, output, errors } = await gyrus(...line.split(" "));
    expect(errors).not.toContain(LINE);
    expect({ code, empty: output === "" }).toEqual({ code: 0, empty: false });
  });

  it("`gyrus check`, `train`, `predict` and `interpret` say the line of the loader and what is needed, by a code", async () => {
    const folder = temporaryFolder();
    const experiment = await writeResumableStudy(folder, 1);
    const maps = join(folder, "maps");
    // Where it could be loaded once.
    const trained = join(folder, "trained");
    await trainerProgram(["train", experiment, "--output", trained]);
    const known = (await readExperiment(experiment)).experiment;
    const table = join(known?.tsv_path ?? "", "validation_baseline.tsv");
    const again = ["--caps", known?.caps_directory ?? "", "--tsv", table, "--skip-leak-check"];
    for (const words of [
      ["check", experiment],
      ["train", experiment, "--output", maps],
      ["predict", trained, "again", ...again],
      ["interpret", trained, "again", "saliency", "gradients", ...again],
    ]) {
      const { code, output, errors } = await gyrus(...words, "--json");
      expect(code, `${words[0]} ${errors}`).toBe(1);
      const reply = readReply(z.unknown(), output);
      const problems = reply?.ok === false ? reply.problems : [];
      expect(problems.map(({ code: name }) => name)).toEqual(["engine.cannot-load"]);
      expect(problems[0]?.message).toContain(LINE);
      expect(problems[0]?.remedy).toContain("glibc 2.28");
      expect(errors).not.toMatch(/^ +at /m);
    }
    expect(existsSync(maps)).toBe(false);
  });

  it("`gyrus engines` lists it as one that cannot be used", async () => {
    const { output } = await gyrus("engines", "--json");
    const reply = readReply(z.object({ engines: z.array(z.record(z.string(), z.unknown())) }), output);
    expect(reply?.ok && reply.result.engines[0]).toMatchObject({
      library: "onnxruntime-node",
      usable: false,
      devices: [],
      problem: expect.stringContaining(LINE),
    });
  });
});

describe("what onnxruntime needs", () => {
  const linux: Host = { platform: "linux", arch: "x64", glibc: "2.17", hasBinary: true };
  it.each<[string, Host, RegExp]>([
    ["an old Linux", linux, /glibc 2\.28 or later .*this one has glibc 2\.17/],
    ["Alpine", { ...linux, glibc: null }, /musl/],
    ["a Mac of before", { ...linux, platform: "darwin", arch: "arm64", glibc: null }, /macOS 14/],
    [
      "a Windows without the runtime",
      { ...linux, platform: "win32", glibc: null },
      /Visual C\+\+ Redistributable.*vc_redist\.x64\.exe/,
    ],
    [
      "an Intel Mac",
      { platform: "darwin", arch: "x64", glibc: null, hasBinary: false },
      /no program for darwin-x64/,
    ],
  ])("of %s", (_, host, words) => {
    expect(sentenceText(needOf(host))).toMatch(words);
  });
});
