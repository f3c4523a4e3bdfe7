/** From the name of an engine in an experiment to the engine. */
import { availableParallelism } from "node:os";
import { type Engine, EngineError } from "../../engine/engine";
import { type EngineReport, inspectTensorFlow } from "../../engine/inspectEngines";
import { createOnnxEngine } from "../../engine/onnx/onnxEngine";
import { loadTensorFlow } from "../../engine/tensorflow/library/loadTensorFlow";
import { createTensorFlowEngine } from "../../engine/tensorflow/tensorFlowEngine";
import type { ENGINES } from "../../experiment/schema/schema";
import { joined, type Sentence, sentence } from "../../network/sentence";

export interface EngineChoice {
  /** 0 for all cores. */
  readonly threads: number;
  /** Where TensorFlow is looked for, the first first: `engineFolders()`. */
  readonly folders: readonly string[];
}

/**
 * "auto" takes a GPU that answers, else onnxruntime; "tensorflow" takes a GPU that answers, else TensorFlow on the CPU.
 * @throws EngineError that says why the engine asked for cannot be used, and what to do
 */
export async function chooseEngine(
  name: (typeof ENGINES)[number],
  { threads, folders }: EngineChoice,
): Promise<Engine> {
  const count = threads === 0 ? availableParallelism() : threads;
  switch (name) {
    case "onnx":
      return await createOnnxEngine({ threads: count });
    case "auto": {
      const onGpu = gpuAmong(await inspectTensorFlow(folders));
      return onGpu === undefined
        ? await createOnnxEngine({ threads: count })
        : await tensorFlowEngine(onGpu, count);
    }
    case "tensorflow": {
      const reports = await inspectTensorFlow(folders);
      const best = gpuAmong(reports) ?? reports.find(({ usable }) => usable);
      if (best === undefined) throw new EngineError(whyNone(reports));
      return await tensorFlowEngine(best, count);
    }
  }
}

/** What "auto" takes of the engines of this machine. */
export function preferred(reports: readonly EngineReport[]): Engine["name"] {
  return gpuAmong(reports) === undefined ? "onnx" : "tensorflow";
}

const gpuAmong = (reports: readonly EngineReport[]) =>
  reports.find(({ usable, usesGpu }) => usable && usesGpu);

async function tensorFlowEngine(report: EngineReport, threads: number): Promise<Engine> {
  const { library, version, folder, devices, usesGpu } = report;
  if (folder === null) throw new Error(`${library} is installed nowhere.`);
  const { tf } = await loadTensorFlow(folder, threads);
  return createTensorFlowEngine(tf, {
    library,
    version: version ?? "unknown",
    device: usesGpu ? `GPU (${devices.join(", ")})` : "CPU",
    threads,
  });
}

function whyNone(reports: readonly EngineReport[]): Sentence {
  const remedy = sentence`Set \`engine\` to auto or onnx to train without it.`;
  if (reports.length === 0) {
    return sentence`TensorFlow is not installed: \`gyrus engines install tensorflow-gpu\` installs it for an NVIDIA GPU. ${remedy}`;
  }
  return joined([...reports.flatMap(({ problem }) => problem ?? []), remedy], " ");
}
