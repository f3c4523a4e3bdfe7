import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { installTensorFlow } from "../../../src/cli/engines/installTensorFlow";
import type { Npm, NpmRun } from "../../../src/cli/engines/npm";
import { sayInEnglish } from "../../../src/cli/terminal/words";
import { EngineError } from "../../../src/engine/engine";
import { inspectTensorFlow } from "../../../src/engine/inspectEngines";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { sentenceText } from "../../../src/network/sentence";
import { fakeTensorFlow } from "../../support/fakeTensorFlow";
import { temporaryFolder } from "../../support/folder";
import { GPU_MACHINE, linuxMachine } from "../../support/machine";

const GPU = "@tensorflow/tfjs-node-gpu";

/** A terminal that remembers. */
function listener(columns: number | null = null) {
  const [said, drawn]: [string[], string[]] = [[], []];
  const terminal: Parameters<typeof installTensorFlow>[1] = {
    say: (text) => said.push(text),
    columns,
    draw: (text) => drawn.push(text),
    text: sayInEnglish,
    words: phraseText,
  };
  return { terminal, said, drawn };
}

/** npm that installs a fake, and remembers what it was told. */
function fakeNpm(kind: Parameters<typeof fakeTensorFlow>[2] = "on a GPU") {
  const calls: { words: readonly string[]; folder: string; environment: NpmRun["environment"] }[] = [];
  const npm: Npm = async (words, { folder, environment, onLine }) => {
    calls.push({ words, folder, environment });
    onLine(`npm http fetch GET 200 ${GPU}`);
    fakeTensorFlow(folder, GPU, kind);
    return 0;
  };
  return { npm, calls };
}

describe("installTensorFlow", () => {
  it("says what it needs and what is there before it begins", async () => {
    const { terminal, said } = listener();
    const machine = linuxMachine({ gpus: ["NVIDIA A100"] });
    const heard: string[] = [];
    const npm: Npm = async () => {
      heard.push(...said);
      return 1;
    };
    await expect(installTensorFlow(temporaryFolder(), terminal, { machine, npm })).rejects.toThrow(
      EngineError,
    );
    const text = heard.join("\n");
    expect(text).toContain("✓ Linux or Windows on x64: linux on x64");
    expect(text).toContain("NVIDIA A100");
    expect(text).toMatch(/✗ CUDA 11\.2: not found\. Install CUDA 11\.2/);
    expect(text).toMatch(/✗ cuDNN 8\.1: not found/);
    expect(text).toContain("install script");
  });

  it("lets npm run the script of this package and no other, in a folder of its own", async () => {
    const { terminal } = listener();
    const { npm, calls } = fakeNpm();
    const folder = join(temporaryFolder(), "new", "engines");
    const report = await installTensorFlow(folder, terminal, { machine: GPU_MACHINE, npm });
    expect(report).toMatchObject({ usable: true, usesGpu: true, devices: ["NVIDIA RTX A4000"] });
    expect(report.folder).toBe(join(folder, "node_modules", GPU));
    expect(existsSync(join(folder, "node_modules", GPU, "package.json"))).toBe(true);
    expect(calls.every((call) => call.folder.startsWith(folder))).toBe(true);
    const [install, rebuild] = calls.map(({ words }) => words);
    expect(install).toEqual(expect.arrayContaining(["install", "--ignore-scripts", `${GPU}@4.22.0`]));
    expect(rebuild).toEqual(expect.arrayContaining(["rebuild", "--ignore-scripts=false", GPU]));
    // npm 12 has a list of its own of the scripts that it runs.
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(manifest).toMatchObject({ private: true, allowScripts: { [GPU]: true } });
    expect(Object.keys(manifest.allowScripts)).toEqual([GPU]);
  });

  it.each([undefined, "https://mirror.example", "https://mirror.example/"])(
    "fetches all of TensorFlow from the mirror %s",
    async (mirror) => {
      const { terminal, said } = listener();
      const { npm, calls } = fakeNpm();
      const environment = mirror === undefined ? {} : { TFJS_NODE_CDN_STORAGE: mirror };
      const machine = { ...GPU_MACHINE, environment };
      await installTensorFlow(temporaryFolder(), terminal, { machine, npm });
      const wanted =
        mirror === undefined
          ? {}
          : {
              TFJS_NODE_CDN_STORAGE: "https://mirror.example/",
              npm_config_tfjs_binding_binary_host_mirror: "https://mirror.example/tf-builds/pre-built-binary",
            };
      expect(calls.map((call) => call.environment)).toEqual([wanted, wanted]);
      const source = mirror === undefined ? "storage.googleapis.com." : "https://mirror.example/.";
      expect(said.some((line) => line.endsWith(`from ${source}`))).toBe(true);
    },
  );

  it("shows what npm does", async () => {
    const [lines, moving] = [listener(), listener(40)];
    for (const { terminal } of [lines, moving]) {
      const { npm } = fakeNpm();
      await installTensorFlow(temporaryFolder(), terminal, { machine: GPU_MACHINE, npm });
    }
    expect(lines.said).toContain(`npm http fetch GET 200 ${GPU}`);
    expect(lines.drawn.filter((text) => text !== "")).toEqual([]);
    expect(moving.drawn.some((text) => text.startsWith("fetching TensorFlow: 0 MB"))).toBe(true);
    expect(moving.drawn.every((text) => text.length < 40)).toBe(true);
  });

  it.each([
    [{ ...GPU_MACHINE, platform: "darwin" as const, architecture: "arm64" }, /darwin on arm64.*engine onnx/],
    [{ ...GPU_MACHINE, nodeVersion: "18.20.0" }, /18\.20\.0.*Install Node 20\.19/],
  ])("refuses a machine on which it cannot run, and writes nothing", async (machine, message) => {
    const { npm, calls } = fakeNpm();
    const folder = join(temporaryFolder(), "engines");
    const attempt = installTensorFlow(folder, listener().terminal, { machine, npm });
    await expect(attempt).rejects.toThrow(EngineError);
    await expect(attempt).rejects.toThrow(message);
    expect(calls).toEqual([]);
    expect(existsSync(folder)).toBe(false);
  });

  it("says what npm said where it fails, and what to do", async () => {
    const npm: Npm = async (_words, { onLine }) => {
      onLine("npm http fetch GET 200 something");
      onLine("Error: getaddrinfo ENOTFOUND storage.googleapis.com");
      return 1;
    };
    const attempt = installTensorFlow(temporaryFolder(), listener().terminal, { machine: GPU_MACHINE, npm });
    await expect(attempt).rejects.toThrow(/exit code 1.*HTTPS_PROXY.*\n {2}Error: getaddrinfo ENOTFOUND/s);
    await expect(attempt).rejects.not.toThrow("npm http");
  });

  it.each(["fetching fails", "what came cannot be used"])(
    "leaves the folder as it was where %s",
    async (how) => {
      const folder = temporaryFolder();
      const { terminal } = listener();
      const before = await installTensorFlow(folder, terminal, { machine: GPU_MACHINE, npm: fakeNpm().npm });
      const entries = readdirSync(folder);

      const broken = fakeNpm("without its native part").npm;
      const npm: Npm = async (...call) => {
        await broken(...call);
        return how === "fetching fails" && call[0][0] === "rebuild" ? 1 : 0;
      };
      await expect(installTensorFlow(folder, terminal, { machine: GPU_MACHINE, npm })).rejects.toThrow(
        EngineError,
      );
      expect(readdirSync(folder)).toEqual(entries);
      expect(await inspectTensorFlow([folder], GPU_MACHINE)).toEqual([before]);
    },
  );

  it("replaces what an earlier installation, or a part of one, has left", async () => {
    const folder = temporaryFolder();
    fakeTensorFlow(folder, GPU, "without its native part");
    fakeTensorFlow(join(folder, ".unfinished"), GPU, "without its native part");
    await installTensorFlow(folder, listener().terminal, { machine: GPU_MACHINE, npm: fakeNpm().npm });
    expect(await inspectTensorFlow([folder], GPU_MACHINE)).toMatchObject([{ usable: true, usesGpu: true }]);
    expect(readdirSync(folder).sort()).toEqual(["node_modules", "package.json"]);
  });

  it("says that npm is missing", async () => {
    const attempt = installTensorFlow(temporaryFolder(), listener().terminal, {
      machine: GPU_MACHINE,
      npm: async () => null,
    });
    await expect(attempt).rejects.toThrow("Install Node.js from nodejs.org");
  });

  it("fails where what was installed cannot be used", async () => {
    const { npm } = fakeNpm("without its native part");
    const attempt = installTensorFlow(temporaryFolder(), listener().terminal, { machine: GPU_MACHINE, npm });
    await expect(attempt).rejects.toThrow("install script did not run");
  });

  it("is content with a CPU, and says what the GPU lacks", async () => {
    const { npm } = fakeNpm("on the CPU");
    const report = await installTensorFlow(temporaryFolder(), listener().terminal, {
      machine: linuxMachine(),
      npm,
    });
    expect(report).toMatchObject({ usable: true, usesGpu: false });
    expect(sentenceText(report.problem!)).toContain("computes on the CPU");
  });
});
