/** What TensorFlow for Node needs of a machine to compute on its GPU, and what is there. */
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { type Sentence, sentence } from "../../../network/sentence";

/** A machine as far as it concerns TensorFlow. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  readonly nodeVersion: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Output of a program; null where it cannot be run. */
  run(command: string, words: readonly string[]): Promise<string | null>;
  /** Names of the files in a folder; none where there is no such folder. */
  filesIn(folder: string): readonly string[];
}

export interface Requirement {
  /** "an NVIDIA GPU and its driver" */
  readonly name: Sentence;
  /** What was found of it; null for nothing. */
  readonly found: string | Sentence | null;
  readonly met: boolean;
  readonly remedy: Sentence;
}

/** The version of tfjs-node that Gyrus was tested with, and what it was built for. */
export const TENSORFLOW_VERSION = "4.22.0";

/** Libraries that libtensorflow 2.9 for the GPU looks for when it starts; without one of them it computes on the CPU. */
const LIBRARIES: Readonly<Record<"linux" | "win32", Readonly<Record<string, readonly string[]>>>> = {
  linux: {
    "CUDA 11.2": [
      "libcudart.so.11.0",
      "libcublas.so.11",
      "libcublasLt.so.11",
      "libcufft.so.10",
      "libcurand.so.10",
      "libcusolver.so.11",
      "libcusparse.so.11",
    ],
    "cuDNN 8.1": ["libcudnn.so.8"],
  },
  win32: {
    "CUDA 11.2": [
      "cudart64_110.dll",
      "cublas64_11.dll",
      "cublasLt64_11.dll",
      "cufft64_10.dll",
      "curand64_10.dll",
      "cusolver64_11.dll",
      "cusparse64_11.dll",
    ],
    "cuDNN 8.1": ["cudnn64_8.dll"],
  },
};

const CUDA_REMEDY = sentence`Install CUDA 11.2 from developer.nvidia.com/cuda-11-2-2-download-archive; other versions of CUDA may stand beside it.`;
const CUDNN_REMEDY = sentence`Install cuDNN 8.1 for CUDA 11.2 from developer.nvidia.com/rdp/cudnn-archive, where the libraries of CUDA stand.`;

/** Names of the NVIDIA GPUs of `machine`. */
export async function gpusOf(machine: Machine): Promise<string[]> {
  const listed = await machine.run("nvidia-smi", ["--query-gpu=name", "--format=csv,noheader"]);
  return (listed ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Everything that tfjs-node-gpu needs, in the order in which it is looked for. */
export async function gpuRequirements(machine: Machine): Promise<Requirement[]> {
  const platform = machine.platform === "linux" || machine.platform === "win32" ? machine.platform : null;
  const gpus = await gpusOf(machine);
  const system: Requirement = {
    name: sentence`Linux or Windows on x64`,
    found: sentence`${machine.platform} on ${machine.architecture}`,
    met: platform !== null && machine.architecture === "x64",
    remedy: sentence`There is no TensorFlow for the GPU of other systems. Use the engine onnx.`,
  };
  const node: Requirement = {
    name: sentence`Node 20.19 or later`,
    found: machine.nodeVersion,
    met: isRecentNode(machine.nodeVersion),
    remedy: sentence`Install Node 20.19 or later from nodejs.org.`,
  };
  const card: Requirement = {
    name: sentence`an NVIDIA GPU with a driver of at least version 450`,
    found: gpus.length === 0 ? null : gpus.join(", "),
    met: gpus.length > 0,
    remedy: sentence`Install the driver of the card from nvidia.com/drivers; \`nvidia-smi\` then lists it.`,
  };
  if (platform === null) return [system, node, card];
  const present = await libraryNames(machine);
  const libraries = Object.entries(LIBRARIES[platform]).map(([name, files]): Requirement => {
    const missing = files.filter((file) => !present.has(file.toLowerCase()));
    return {
      name: sentence`${name}`,
      found:
        missing.length === 0
          ? files[0]!
          : missing.length === files.length
            ? null
            : sentence`all but ${missing.join(", ")}`,
      met: missing.length === 0,
      remedy: name.startsWith("CUDA") ? CUDA_REMEDY : CUDNN_REMEDY,
    };
  });
  return [system, node, card, ...libraries];
}

function isRecentNode(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 20 || (major === 20 && minor >= 19);
}

/** Names, in lower case, of the libraries that the system would find. */
async function libraryNames(machine: Machine): Promise<ReadonlySet<string>> {
  const { environment } = machine;
  const folders = (machine.platform === "win32" ? environment.PATH : environment.LD_LIBRARY_PATH) ?? "";
  const names = folders
    .split(machine.platform === "win32" ? ";" : ":")
    .flatMap((folder) => machine.filesIn(folder));
  if (machine.platform === "linux") {
    const known =
      (await machine.run("ldconfig", ["-p"])) ?? (await machine.run("/sbin/ldconfig", ["-p"])) ?? "";
    names.push(...known.split("\n").map((line) => line.trim().split(/\s/, 1)[0]!));
  }
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  platform: process.platform,
  architecture: process.arch,
  nodeVersion: process.versions.node,
  environment: process.env,
  run: (command, words) =>
    new Promise((resolve) => {
      execFile(command, words, { timeout: 20_000, windowsHide: true }, (error, output) => {
        resolve(error === null ? output : null);
      });
    }),
  filesIn(folder) {
    try {
      return folder === "" ? [] : readdirSync(folder);
    } catch {
      return [];
    }
  },
};
