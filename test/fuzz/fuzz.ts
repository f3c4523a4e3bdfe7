/** Runs the readers in a process of its own, which may die or hang, and gathers what went wrong. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import type { At, Line, Plan } from "./child";
import { type Fault, MOST_MEMORY } from "./trial";

export interface Finding extends At {
  readonly fault: Fault | { readonly kind: "death"; readonly how: string };
  readonly content: Buffer;
}

export interface Outcome {
  readonly findings: readonly Finding[];
  /** Inputs that were read. */
  readonly inputs: number;
}

/** Against hanging only: milliseconds without an end of one input, whatever else the machine does. */
const PATIENCE = 120_000;

/** Carries a plan out. After a death it goes on behind the input that caused it. */
export async function fuzz(plan: Omit<Plan, "from" | "without">): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "gyrus-fuzz-"));
  try {
    const program = await bundle(folder);
    const findings: Finding[] = [];
    let inputs = 0;
    let left: Plan = { ...plan, from: 0, without: [] };
    for (;;) {
      const run = await runOnce(program, folder, left);
      findings.push(...run.findings);
      inputs += run.inputs;
      if (run.isOver) return { findings, inputs };
      left = behind(left, run.at);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is left of a plan that ended at an input. Bombs that were not reached are tried without the reader that died of one. */
function behind(plan: Plan, at: At): Plan {
  return typeof at.input === "number"
    ? { ...plan, bombs: false, from: at.input + 1, seconds: plan.seconds / 2 }
    : { ...plan, without: [...plan.without, at.reader] };
}

interface Run extends Outcome {
  readonly isOver: boolean;
  readonly at: At;
}

async function runOnce(program: string, folder: string, plan: Plan): Promise<Run> {
  const inputs = join(folder, "inputs");
  mkdirSync(inputs, { recursive: true });
  const heap = `--max-old-space-size=${MOST_MEMORY / 2 ** 20}`;
  const child = spawn(process.execPath, [heap, "--no-warnings", program, inputs, JSON.stringify(plan)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, UV_THREADPOOL_SIZE: String(availableParallelism()) },
  });
  const findings: Finding[] = [];
  let done: number | null = null;
  let told = "";
  let hung = false;
  child.stderr.on("data", (data) => {
    told = `${told}${data}`.slice(-4000);
  });
  const stop = () => {
    hung = true;
    child.kill("SIGKILL");
  };
  let watch = setTimeout(stop, PATIENCE + plan.seconds * 10_000);
  createInterface({ input: child.stdout }).on("line", (text) => {
    clearTimeout(watch);
    watch = setTimeout(stop, PATIENCE + plan.seconds * 10_000);
    const line: Line = JSON.parse(text);
    if ("done" in line) done = line.done;
    else findings.push({ ...line, content: readFileSync(line.content) });
  });
  const [code, signal] = await once(child, "close");
  clearTimeout(watch);
  if (!existsSync(join(inputs, "at.json"))) throw new Error(told.trim());
  const at: At = JSON.parse(readFileSync(join(inputs, "at.json"), "utf8"));
  if (done !== null) return { findings, inputs: done, isOver: true, at };
  // It ended itself after a finding about memory; else it died.
  if (code !== 0) {
    const how = hung ? "it hung" : `it ended with ${signal ?? code}: ${told.trim()}`;
    const place = join(inputs, "at.bin");
    const content = existsSync(place) ? readFileSync(place) : Buffer.alloc(0);
    findings.push({ ...at, fault: { kind: "death", how }, content });
  }
  return { findings, inputs: 0, isOver: false, at };
}

/** In pieces, since who bundles this file writes the folder in its place. */
const OWN_FOLDER = ["import", "meta", "dirname"].join(".");

async function bundle(folder: string): Promise<string> {
  const root = join(import.meta.dirname, "../..");
  const outfile = join(folder, "child.mjs");
  const fixtures = join(root, "test/support");
  await build({
    entryPoints: [join(import.meta.dirname, "child.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    // jsonc-parser's other entry cannot be bundled.
    mainFields: ["module", "main"],
    alias: { vscode: join(root, "test/support/vscodeApi.ts") },
    // The fixtures stand where the sources do.
    define: { [OWN_FOLDER]: JSON.stringify(fixtures) },
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "error",
  });
  return outfile;
}
