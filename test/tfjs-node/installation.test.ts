/**
 * `gyrus engines install tensorflow-gpu` as a user gives it: with npm, with the package and its install script as they come
 * from the npm registry, and a mirror of storage.googleapis.com on this machine. What the mirror has for libtensorflow is
 * the native part in JavaScript.
 */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cellsOf, columnsOf, competitorsOf } from "../bench/competitors";
import { hold } from "../bench/contest";
import type { NetworkContest } from "../bench/contestant";
import { temporaryFolder } from "../support/folder";
import { tinyArchitecture, writePhantomStudy } from "../support/phantomStudy";
import { bundleBinding, NATIVE_PART } from "../support/tensorFlowPackage/package";

const run = promisify(execFile);
const PACKAGE = "node_modules/@tensorflow/tfjs-node-gpu";
const isSupported = process.platform === "linux" && process.arch === "x64";

describe.runIf(isSupported)("an installation of TensorFlow for a GPU", () => {
  const root = mkdtempSync(join(tmpdir(), "gyrus-"));
  const engines = join(root, "engines");
  const environment = { ...process.env, GYRUS_ENGINES: engines };
  let mirror: Server;
  let asked: string[];
  let report: unknown;
  let said: string;

  const gyrus = (words: readonly string[], more: NodeJS.ProcessEnv = {}) =>
    run(process.execPath, [resolve("dist/cli.js"), ...words], {
      cwd: root,
      env: { ...environment, ...more },
    });

  beforeAll(async () => {
    const files = await mirrorFiles(join(root, "mirror"));
    asked = [];
    mirror = createServer((request, response) => {
      asked.push(request.url ?? "");
      const file = files.get(request.url ?? "");
      response.writeHead(file === undefined ? 404 : 200).end(file && readFileSync(file));
    });
    await new Promise<void>((listening) => mirror.listen(0, "127.0.0.1", listening));
    const address = mirror.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const answer = await gyrus(["engines", "install", "tensorflow-gpu", "--to", engines, "--json"], {
      TFJS_NODE_CDN_STORAGE: `http://127.0.0.1:${port}`,
    });
    report = JSON.parse(answer.stdout).result;
    said = answer.stderr;
  }, 300_000);

  afterAll(() => {
    mirror.close();
    rmSync(root, { recursive: true, force: true });
  });

  it("lets the script of the package fetch TensorFlow, and says what came of it", () => {
    expect(asked).toEqual([LIBRARY, NATIVE]);
    expect(report).toMatchObject({
      engine: "tensorflow",
      version: "4.22.0",
      folder: join(engines, PACKAGE),
      usable: true,
      usesGpu: false,
    });
    expect(said).toContain("node scripts/install.js gpu download");
    expect(readdirSync(engines).sort()).toEqual(["node_modules", "package-lock.json", "package.json"]);
  });

  it("runs the script of no other package", () => {
    const runs = said.matchAll(/^(?:> |npm notice run )(\S+)@\S+ \w+$/gm);
    expect([...runs].map(([, name]) => name)).toEqual(["@tensorflow/tfjs-node-gpu"]);
  });

  it("is what `gyrus engines` lists from then on", async () => {
    const { stdout } = await gyrus(["engines", "--json"]);
    const listed: object[] = JSON.parse(stdout).result.engines;
    // A command that does something says what it warned of, too.
    expect(listed.map((engine) => ({ ...engine, warnings: [] }))).toContainEqual(report);
  });

  it("trains, with the losses of the engine onnx", async () => {
    await writePhantomStudy(root);
    const experiment = {
      caps_directory: "caps",
      tsv_path: "split",
      architecture: tinyArchitecture,
      ...{ epochs: 2, batch_size: 4, learning_rate: 1e-3, n_proc: 0 },
    };
    writeFileSync(join(root, "test.experiment.json"), JSON.stringify(experiment));
    const curves = [];
    for (const engine of ["tensorflow", "onnx"]) {
      const maps = join(root, engine);
      await gyrus(["train", "test.experiment.json", "--output", maps, "--engine", engine]);
      curves.push(readCurve(join(maps, "split-0/training_logs/training.tsv")));
    }
    const [tensorflow, onnx] = curves;
    expect(tensorflow).toHaveLength(2);
    tensorflow!.forEach((loss, row) => {
      expect(loss / onnx![row]!).toBeCloseTo(1, 4);
    });
  });

  it("gets a column of the bench, with figures", async () => {
    const bench = [process.execPath, resolve("dist/bench.js")];
    const rivals = (folder: string) =>
      competitorsOf(bench, {
        engineFolders: [folder],
        python: undefined,
        former: undefined,
        against: undefined,
        cards: [],
      });
    const competitors = rivals(engines);
    expect(columnsOf(competitors)).toContain("to TensorFlow CPU ms");
    expect(columnsOf(rivals(temporaryFolder()))).not.toContain("to TensorFlow CPU ms");

    const contest: NetworkContest = {
      group: "network",
      task: "training",
      architecture: "Conv5_FC3",
      inputSize: [1, 32, 32, 32],
      batchSize: 2,
      threads: 1,
    };
    vi.stubEnv("GYRUS_ENGINES", engines);
    const { figures } = await hold(
      competitors.map(({ command }) => command(contest)),
      contest,
      { rounds: 2, seconds: 1, onRound: () => {} },
    );
    const cells = cellsOf(competitors, figures);
    expect(cells).toHaveLength(columnsOf(competitors).length);
    expect(cells.every((cell) => Number(cell) > 0)).toBe(true);
    vi.unstubAllEnvs();
  });
});

const LIBRARY = "/tensorflow/libtensorflow/libtensorflow-gpu-linux-x86_64-2.9.1.tar.gz";
const NATIVE = "/tf-builds/pre-built-binary/napi-v8/4.22.0/GPU-linux-4.22.0.tar.gz";

/** What the mirror has, by its path there: archives with the files that the script expects in them. */
async function mirrorFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const library = await archive(join(folder, "library"), "lib/libtensorflow.so.2.9.1", "in its place");
  // Of the native part the path in the archive is that in the package but for its first folder.
  const native = join(NATIVE_PART.replace(/^lib\//, ""), "index.js");
  return new Map([
    [LIBRARY, library],
    [NATIVE, await archive(join(folder, "native"), native, await bundleBinding())],
  ]);
}

/** A .tar.gz of one file. */
async function archive(folder: string, file: string, text: string): Promise<string> {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), text);
  await run("tar", ["-czf", `${folder}.tar.gz`, "-C", folder, file]);
  return `${folder}.tar.gz`;
}

/** The losses of training in the order of the file. */
function readCurve(file: string): number[] {
  const [head, ...rows] = readFileSync(file, "utf8").trim().split("\n");
  const column = head!.split("\t").indexOf("loss_train");
  return rows.map((row) => Number(row.split("\t")[column]));
}
