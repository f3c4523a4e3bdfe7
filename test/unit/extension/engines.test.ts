import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { engineFolders } from "../../../src/cli/engines/engineFolders";
import {
  engineTable,
  hasGpuEngine,
  hasNodePackage,
  installationNeeds,
  nodeNeeds,
} from "../../../src/extension/commands/engineWords";
import {
  type EngineReport,
  readEnd,
  readEngines,
  readInstalled,
} from "../../../src/extension/commands/replies";
import { problemWords } from "../../../src/extension/problemWords";
import { engineSearchPath } from "../../../src/extension/trainer/engineSearch";
import { runProgram } from "../../../src/extension/trainer/shortProgram";
import { engineStorage } from "../../../src/files/engineStorage";
import { wait } from "../../support/effort";

const onnx: EngineReport = {
  engine: "onnx",
  library: "onnxruntime-node",
  version: "1.30.0",
  folder: "/gyrus/onnxruntime-node",
  devices: ["CPU"],
  usable: true,
  usesGpu: false,
  problem: null,
};
const tensorFlow: EngineReport = {
  ...onnx,
  engine: "tensorflow",
  library: "@tensorflow/tfjs-node-gpu",
  version: "4.22.0",
};

describe("the folders that a trainer looks for engines in", () => {
  const storage = join("/storage", "gyrus");
  const own = [engineStorage(), join(storage, "engines")];

  const search = { chosen: [], named: undefined, storage, workspaceFolders: [] };

  it("are the one that both editor and terminal install into, that of the first version, and the workspace", () => {
    const path = engineSearchPath({ ...search, workspaceFolders: ["/data/a b", "/data/c"] });
    expect(path.split(delimiter)).toEqual([...own, "/data/a b", "/data/c"]);
  });

  it("begin with those of the setting, then those of the environment", () => {
    const path = engineSearchPath({ ...search, chosen: ["/lab/tf", " "], named: `/opt/tf${delimiter}` });
    expect(path.split(delimiter)).toEqual(["/lab/tf", "/opt/tf", ...own]);
  });

  it("are named once each", () => {
    const path = engineSearchPath({ ...search, chosen: own.slice(0, 1), named: own[0] });
    expect(path.split(delimiter)).toEqual(own);
  });

  it("hold what a terminal installs, and a terminal looks where the editor installs", () => {
    expect(engineSearchPath(search).split(delimiter)).toContain(engineFolders({}).at(-1));
  });
});

describe("what `gyrus engines --json` printed", () => {
  it("is read", () => {
    const result = { auto: "onnx", engines: [onnx] };
    expect(readEngines(`${JSON.stringify({ ok: true, result })}\n`)).toEqual({ ok: true, result });
    expect(readInstalled(JSON.stringify({ ok: true, result: tensorFlow }))).toEqual({
      ok: true,
      result: tensorFlow,
    });
  });

  it.each(["", "Segmentation fault", "{}", "[]", '{"ok":true,"result":{"auto":"onnx","engines":[{}]}}'])(
    "is not taken for a report: %s",
    (output) => {
      expect(readEngines(output)).toBeNull();
      expect(readInstalled(output)).toBeNull();
    },
  );

  it("is what the trainer prints", async () => {
    const cli = resolve(import.meta.dirname, "../../../dist/cli.js");
    const { output } = await runProgram({
      command: process.execPath,
      words: [cli, "engines", "--json"],
      environment: process.env,
      folder: tmpdir(),
    });
    const reply = readEngines(output);
    expect(reply?.ok && reply.result.engines[0]).toMatchObject({ engine: "onnx", usable: true });
  });
});

describe("the table of the engines", () => {
  const rowsOf = (...engines: EngineReport[]) =>
    engineTable({ auto: "onnx", engines })
      .split("\n")
      .filter((line) => /^\| [✓✗]/.test(line));

  it("says version, devices and folder", () => {
    expect(rowsOf(onnx)).toEqual([
      "| ✓ onnx | onnxruntime-node 1.30.0 | CPU | `/gyrus/onnxruntime-node` | yes |",
    ]);
  });

  it("says why one cannot be used, on one line", () => {
    const broken = { ...tensorFlow, devices: [], usable: false, problem: "It ends with\n  a | b." };
    expect(rowsOf(onnx, broken)[1]).toMatch(/^\| ✗ tensorflow \|.*\| no: It ends with<br>a \\\| b\. \|$/);
  });

  it("says why one that can be used is not on the GPU", () => {
    expect(rowsOf({ ...tensorFlow, problem: "No GPU answers it." })[0]).toContain("yes: No GPU answers it.");
  });

  it("names the command that installs what is missing", () => {
    const missing = { ...tensorFlow, version: null, folder: null, devices: [], usable: false };
    const table = engineTable({ auto: "onnx", engines: [missing] });
    expect(table).toContain("| ✗ tensorflow | @tensorflow/tfjs-node-gpu |  |  | It is not installed.");
    expect(table).toContain("Gyrus: Install GPU Engine");
    expect(table).toContain("`auto` takes `onnx`.");
  });
});

describe("the installation of the GPU engine", () => {
  it("says beforehand what it needs and where it goes", () => {
    const needs = installationNeeds("/storage/engines");
    for (const word of [
      "Linux or Windows on x64",
      "NVIDIA",
      "CUDA 11.2",
      "cuDNN 8.1",
      "npm",
      "hundred megabytes",
    ])
      expect(needs).toContain(word);
    expect(needs).toContain("/storage/engines");
  });

  it.each([
    ["linux", "x64", true],
    ["win32", "x64", true],
    ["darwin", "arm64", false],
    ["linux", "arm64", false],
  ] as const)("on %s %s: %s", (platform, architecture, offered) => {
    expect(hasGpuEngine(platform, architecture)).toBe(offered);
  });
});

describe("the installation of a Node", () => {
  it("says beforehand why, from where and where it goes", () => {
    expect(nodeNeeds("/storage/engines")).toMatch(
      /inside VS Code cannot read.*npm registry.*\/storage\/engines/s,
    );
  });

  it.each([
    ["linux", "x64", true],
    ["win32", "x64", true],
    ["darwin", "arm64", true],
    ["darwin", "x64", false],
    ["linux", "arm64", false],
  ] as const)("on %s %s: %s", (platform, architecture, offered) => {
    expect(hasNodePackage(platform, architecture)).toBe(offered);
  });
});

describe("the problems of a command that failed", () => {
  const failed = { code: "engine.failed", severity: "error", file: null, where: null, key: null } as const;

  it("are what failed and the remedy, with no more than the first lines of what npm said", () => {
    const message = [
      "npm failed (exit code 1). Behind a proxy set HTTPS_PROXY.",
      ...["code ENOTFOUND", "network", "more", "more"].map((line) => `  npm error ${line}`),
    ].join("\n");
    expect(problemWords([{ ...failed, message, remedy: "" }])).toBe(
      "npm failed (exit code 1). Behind a proxy set HTTPS_PROXY. npm error code ENOTFOUND npm error network",
    );
  });

  it("are the first, with its place, and the number of the others", () => {
    const one = { ...failed, file: "a.tsv", where: "row 2", message: "It is empty.", remedy: "Fill it." };
    expect(problemWords([one])).toBe("a.tsv: row 2: It is empty. Fill it.");
    expect(problemWords([one, one, one])).toBe("a.tsv: row 2: It is empty. Fill it. (2 more problems)");
    expect(problemWords([])).toBe("");
  });

  it("are read from the end of a trainer's log, and none where it ends otherwise", () => {
    const problems = [{ ...failed, message: "m", remedy: "r" }];
    expect(readEnd(`epoch 1\n${JSON.stringify({ ok: false, problems })}\n`)).toEqual(problems);
    expect(readEnd('{"ok":true,"result":{}}')).toEqual([]);
    expect(readEnd("Killed")).toEqual([]);
    expect(readEnd("")).toEqual([]);
  });
});

describe("a program that is cancelled", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gyrus cancel é "));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("ends with everything that it started", async () => {
    const script = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      require("node:fs").writeFileSync("child", String(child.pid));
      console.error("started");
      setInterval(() => {}, 1000);`;
    const stop = new AbortController();
    const result = await runProgram(
      { command: process.execPath, words: ["-e", script], environment: process.env, folder },
      { signal: stop.signal, onMessage: () => stop.abort() },
    );
    expect(result).toMatchObject({ messages: "started" });
    expect(result.code).not.toBe(0);
    const child = Number(readFileSync(join(folder, "child"), "utf8"));
    await vi.waitFor(() => expect(() => process.kill(child, 0)).toThrow(), wait);
  });
});
