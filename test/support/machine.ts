import type { Machine } from "../../src/engine/tensorflow/library/machine";

/** The libraries of CUDA 11.2 and cuDNN 8.1 as `ldconfig -p` lists them. */
export const CUDA_LIBRARIES = [
  "libcudart.so.11.0",
  "libcublas.so.11",
  "libcublasLt.so.11",
  "libcufft.so.10",
  "libcurand.so.10",
  "libcusolver.so.11",
  "libcusparse.so.11",
  "libcudnn.so.8",
];

export interface MachineParts {
  readonly gpus?: readonly string[];
  /** What `ldconfig` lists. */
  readonly libraries?: readonly string[];
}

/** A Linux machine with Node 20 and the given parts. */
export function linuxMachine({ gpus = [], libraries = [] }: MachineParts = {}): Machine {
  const outputs: Readonly<Record<string, string>> = {
    ldconfig: [
      "2 libs found in cache",
      ...libraries.map((name) => `\t${name} (libc6,x86-64) => /usr/lib/${name}`),
    ].join("\n"),
    ...(gpus.length === 0 ? {} : { "nvidia-smi": `${gpus.join("\n")}\n` }),
  };
  return {
    platform: "linux",
    architecture: "x64",
    nodeVersion: "20.19.0",
    environment: {},
    run: async (command) => outputs[command] ?? null,
    filesIn: () => [],
  };
}

export const GPU_MACHINE = linuxMachine({ gpus: ["NVIDIA RTX A4000"], libraries: CUDA_LIBRARIES });
