import { describe, expect, it } from "vitest";
import { trainerProgram, trainerWords } from "../../../src/extension/trainer/trainerProgram";

const asExperiment = { engine: "experiment", device: "", threads: 0 };

describe("the command line of a trainer", () => {
  it("leaves engine and threads to the experiment file", () => {
    const task = { kind: "train", experiment: "/data/a b.experiment.json", maps: "/data/maps" } as const;
    expect(trainerWords(task, asExperiment)).toEqual([
      "train",
      "/data/a b.experiment.json",
      "--output",
      "/data/maps",
      "--json",
    ]);
  });

  it("passes on what the settings choose", () => {
    const task = { kind: "resume", maps: "/data/maps" } as const;
    expect(trainerWords(task, { engine: "webgpu", device: "RTX 3060", threads: 3 })).toEqual([
      ...["resume", "/data/maps"],
      ...["--engine", "webgpu"],
      ...["--device", "RTX 3060"],
      ...["--threads", "3"],
      "--json",
    ]);
  });

  it("runs in the Node of VS Code as a plain Node", () => {
    const program = trainerProgram("/gyrus/cli.js", ["demo"], "/usr/share/code/code", {
      PATH: "/bin",
      NODE_OPTIONS: "--require debugger.js",
    });
    expect(program).toEqual({
      command: "/usr/share/code/code",
      words: ["/gyrus/cli.js", "demo"],
      environment: { PATH: "/bin", ELECTRON_RUN_AS_NODE: "1" },
      folder: "/gyrus",
    });
  });
});
