/** The trainer as a process of its own, which can be killed or asked to stop at any of its operations on files. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { writeDemo } from "../../src/data/demo/demoCaps";
import { tinyArchitecture } from "./phantomStudy";

const root = resolve(import.meta.dirname, "../..");
export const CLI = join(root, "dist/cli.js");
export const hook = pathToFileURL(join(root, "test/support/killAtFileOperation.mjs")).href;

export interface Ending {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** "" where nobody read it. */
  readonly errors: string;
}

/**
 * Runs the trainer to its end.
 * @param environment for killAtFileOperation.mjs: when to kill it or what to send it, where to count
 * @param unread whether the readers of both its outputs have gone before it writes a word
 * @param folder in which it is started
 */
export async function trainerProgram(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  { unread = false, folder }: { readonly unread?: boolean; readonly folder?: string } = {},
): Promise<Ending> {
  const child = spawn(process.execPath, ["--import", hook, CLI, ...words], {
    stdio: ["ignore", unread ? "pipe" : "ignore", "pipe"],
    env: { ...process.env, ...environment },
    ...(folder !== undefined && { cwd: folder }),
  });
  let errors = "";
  if (unread) {
    child.stdout?.destroy();
    child.stderr?.destroy();
  } else {
    child.stderr?.on("data", (data) => {
      errors += data;
    });
  }
  const [code, signal] = await once(child, "close");
  return { code, signal, errors };
}

/** A study with sampling, augmentation and evaluations within epochs, of which a stop can fall anywhere; its experiment file. */
export async function writeResumableStudy(
  folder: string,
  epochs: number,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const study = await writeDemo(folder, { seed: 0, participants: 24 });
  const file = join(folder, "test.experiment.json");
  const experiment = {
    caps_directory: relative(folder, study.caps),
    tsv_path: relative(folder, study.split),
    preprocessing_dict: { mode: "roi", roi_list: ["leftHippocampus", "rightHippocampus"] },
    architecture: tinyArchitecture,
    epochs,
    patience: 0,
    batch_size: 6,
    evaluation_steps: 3,
    sampler: "weighted",
    data_augmentation: ["Noise", "CropPad"],
    engine: "onnx",
    threads: 1,
    n_proc: 1,
    ...changes,
  };
  writeFileSync(file, JSON.stringify(experiment));
  return file;
}
