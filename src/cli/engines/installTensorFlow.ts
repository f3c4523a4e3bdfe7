/** Installs TensorFlow for an NVIDIA GPU where Gyrus finds it, and sees whether the GPU answers. */
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../../engine/engine";
import { type EngineReport, inspectTensorFlow } from "../../engine/inspectEngines";
import { TENSORFLOW_PACKAGES } from "../../engine/tensorflow/library/findTensorFlow";
import {
  gpuRequirements,
  type Machine,
  type Requirement,
  TENSORFLOW_VERSION,
} from "../../engine/tensorflow/library/machine";
import { phraseOf } from "../../experiment/problems/networkSentence";
import { joined, type Sentence, sentence } from "../../network/sentence";
import type { CommandTerminal } from "../command";
import type { Npm } from "./npm";

const [GPU_PACKAGE] = TENSORFLOW_PACKAGES;

type Installing = Pick<CommandTerminal, "say" | "draw" | "columns" | "text" | "words">;

export interface Installation {
  readonly machine: Machine;
  readonly npm: Npm;
}

/** Where it is installed first: `folder` gets it when it is whole and works, and keeps what it had when it is not. */
const UNFINISHED = ".unfinished";

/**
 * Says what TensorFlow needs and what of it is there, installs it into `folder`, and tries it. A failure leaves `folder` as it was.
 * @throws EngineError that says what failed and what to do
 */
export async function installTensorFlow(
  folder: string,
  terminal: Installing,
  { machine, npm }: Installation,
): Promise<EngineReport> {
  const requirements = await gpuRequirements(machine);
  terminal.say(terminal.text("install-needs", { package: GPU_PACKAGE, version: TENSORFLOW_VERSION }));
  for (const requirement of requirements) terminal.say(`  ${describeRequirement(terminal, requirement)}`);
  refuseOtherSystems(requirements);
  if (requirements.some(({ met }) => !met)) {
    terminal.say(terminal.text("install-all-the-same"));
  }

  const { source } = scriptSource(machine.environment);
  terminal.say(terminal.text("installing", { folder, source }));
  const unfinished = join(folder, UNFINISHED);
  await prepareFolder(unfinished);
  try {
    const report = await installAndTry(unfinished, terminal, { machine, npm });
    await moveEntries(unfinished, folder);
    return { ...report, folder: packageIn(folder) };
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

const packageIn = (folder: string) => join(folder, "node_modules", ...GPU_PACKAGE.split("/"));

async function installAndTry(
  folder: string,
  terminal: Installing,
  { machine, npm }: Installation,
): Promise<EngineReport> {
  const packageFolder = packageIn(folder);
  const { environment } = scriptSource(machine.environment);
  const run = (words: readonly string[], doing: string) =>
    watch(terminal, doing, packageFolder, (onLine) => npm(words, { folder, environment, onLine }));
  const quiet = ["--no-audit", "--no-fund", "--loglevel=http"];
  await run(
    ["install", "--ignore-scripts", "--save-exact", ...quiet, `${GPU_PACKAGE}@${TENSORFLOW_VERSION}`],
    terminal.text("fetching-packages"),
  );
  await run(
    ["rebuild", "--ignore-scripts=false", "--foreground-scripts", ...quiet, GPU_PACKAGE],
    terminal.text("fetching-tensorflow"),
  );

  const report = (await inspectTensorFlow([packageFolder], machine))[0];
  if (report?.usable === true) return report;
  throw new EngineError(
    report?.problem ?? sentence`npm put nothing into ${packageFolder}. ${NETWORK_REMEDY}`,
  );
}

const NETWORK_REMEDY = sentence`The installation needs the npm registry and storage.googleapis.com. Behind a proxy set HTTPS_PROXY; TFJS_NODE_CDN_STORAGE names a mirror of the latter. Then give the command again.`;

/**
 * Where the script fetches from, and the variables that it needs for that. TFJS_NODE_CDN_STORAGE names a mirror of
 * storage.googleapis.com; the script only puts a path after it, and takes the native part, which node-pre-gyp fetches, from
 * elsewhere unless it is told.
 */
function scriptSource(given: NodeJS.ProcessEnv): { source: string; environment: Record<string, string> } {
  const mirror = given.TFJS_NODE_CDN_STORAGE?.replace(/\/*$/, "/");
  if (mirror === undefined || mirror === "/") return { source: "storage.googleapis.com", environment: {} };
  const ofNativePart = "npm_config_tfjs_binding_binary_host_mirror";
  return {
    source: mirror,
    environment: {
      TFJS_NODE_CDN_STORAGE: mirror,
      [ofNativePart]: given[ofNativePart] ?? `${mirror}tf-builds/pre-built-binary`,
    },
  };
}

function describeRequirement(terminal: Installing, { name, found, met, remedy }: Requirement): string {
  const inWords = (told: Sentence) => terminal.words(phraseOf(told));
  const finding =
    found === null ? terminal.text("not-found") : typeof found === "string" ? found : inWords(found);
  const line = `${met ? "✓" : "✗"} ${inWords(name)}: ${finding}`;
  return met ? line : `${line}. ${inWords(remedy)}`;
}

/** Without a GPU and CUDA the package works on the CPU; on another system or an old Node it does not work at all. */
function refuseOtherSystems([system, node]: readonly Requirement[]): void {
  for (const requirement of [system, node]) {
    if (requirement?.met === false) {
      throw new EngineError(
        sentence`${GPU_PACKAGE} cannot be installed on ${requirement.found ?? ""}: it needs ${requirement.name}. ${requirement.remedy}`,
      );
    }
  }
}

/** A new folder with a package.json of its own, so that npm installs here and nowhere above. */
async function prepareFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // npm 12 runs the script of no package that is not named here.
  const manifest = { name: "gyrus-engines", private: true, allowScripts: { [GPU_PACKAGE]: true } };
  await writeFile(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Everything in `from` to `folder`, in place of what has its name there. */
async function moveEntries(from: string, folder: string): Promise<void> {
  for (const name of await readdir(from)) {
    await rm(join(folder, name), { recursive: true, force: true });
    await rename(join(from, name), join(folder, name));
  }
}

/** Where npm, or the script that it runs, says what went wrong. */
const LINE_OF_A_FAILURE = /^(Error: |npm error )/;
const MILLISECONDS_BETWEEN_SIZES = 2_000;

/** Runs npm and shows what it says, and how much there is of the package by now: the script says nothing while it fetches. */
async function watch(
  terminal: Installing,
  doing: string,
  packageFolder: string,
  run: (onLine: (line: string) => void) => Promise<number | null>,
): Promise<void> {
  const lines: string[] = [];
  let megabytes = 0;
  const draw = () => {
    if (terminal.columns === null) return;
    const text = `${doing}: ${megabytes} MB  ${lines.at(-1) ?? ""}`;
    terminal.draw(text.slice(0, terminal.columns - 1));
  };
  const timer = setInterval(async () => {
    const before = megabytes;
    megabytes = Math.round((await sizeOf(packageFolder)) / 1e6);
    draw();
    if (terminal.columns === null && megabytes >= before + 50) terminal.say(`${doing}: ${megabytes} MB`);
  }, MILLISECONDS_BETWEEN_SIZES);
  try {
    const code = await run((line) => {
      lines.push(line);
      if (terminal.columns === null) terminal.say(line);
      draw();
    });
    if (code === null) {
      throw new EngineError(
        sentence`npm cannot be started. Install Node.js from nodejs.org, which brings npm along.`,
      );
    }
    if (code !== 0) {
      const said = lines.filter((line) => LINE_OF_A_FAILURE.test(line));
      const failed = sentence`npm failed (exit code ${code}). ${NETWORK_REMEDY}`;
      throw new EngineError(said.length === 0 ? failed : joined([failed, ...said], "\n  "));
    }
  } finally {
    clearInterval(timer);
    terminal.draw("");
  }
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
