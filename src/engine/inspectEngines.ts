/** Which engines this machine has, and why not the others. */
import { joined, type Sentence, sentence } from "../network/sentence";
import { type Engine, LibraryError } from "./engine";
import { createOnnxEngine } from "./onnx/onnxEngine";
import { onnxruntimePackage } from "./onnx/runtime";
import {
  findTensorFlow,
  TENSORFLOW_PACKAGES,
  type TensorFlowPackage,
} from "./tensorflow/library/findTensorFlow";
import { gpuRequirements, gpusOf, type Machine, thisMachine } from "./tensorflow/library/machine";
import { type ProbeResult, probeTensorFlow } from "./tensorflow/library/probeTensorFlow";
import type { CardWish } from "./webgpu/device/cards";
import { webGpuLibrary, webGpuPackage } from "./webgpu/device/dawn";
import { type GraphicsMachine, graphicsNeeds, thisGraphicsMachine } from "./webgpu/device/graphicsNeeds";
import { type CardProbe, probeCard } from "./webgpu/device/probeCard";

export interface EngineReport {
  readonly engine: Engine["name"];
  /** The npm package. */
  readonly library: string;
  /** Null where it is not installed. */
  readonly version: string | null;
  /** The folder of the package; null where it is not installed. */
  readonly folder: string | null;
  /** What it computes on: "CPU", or the names of GPUs. Empty where it cannot be used. */
  readonly devices: readonly string[];
  readonly usable: boolean;
  readonly usesGpu: boolean;
  /** Why it cannot be used, or not on the GPU it was made for or on each card, and what to do; null where all is well. */
  readonly problem: Sentence | null;
}

/** What the engines stand on, described; default: this machine. */
export interface Inspected {
  readonly machine?: Machine;
  readonly graphics?: GraphicsMachine;
  readonly probe?: (wish: CardWish) => Promise<CardProbe>;
}

/**
 * Every engine there is, that of the processor first, then that of any graphics card. What is found of TensorFlow in `folders` is run, in
 * a process of its own: name only folders that the user trusts.
 */
export async function inspectEngines(
  folders: readonly string[],
  { machine = thisMachine, graphics = thisGraphicsMachine, probe = probeCard }: Inspected = {},
): Promise<EngineReport[]> {
  // One after the other: two processes would compete for the memory of one card.
  const webGpu = await inspectWebGpu(graphics, probe);
  const tensorFlow = await inspectTensorFlow(folders, machine);
  return [await inspectOnnx(), webGpu, ...(tensorFlow.length === 0 ? [NO_TENSORFLOW] : tensorFlow)];
}

/** The graphics cards: that which is taken first, then the others. */
async function inspectWebGpu(
  graphics: GraphicsMachine,
  probe: (wish: CardWish) => Promise<CardProbe>,
): Promise<EngineReport> {
  const report = { engine: "webgpu", library: webGpuLibrary, ...webGpuPackage() } as const;
  const found = await probe({});
  const real = found.cards.filter(({ software }) => !software).map(({ name }) => name);
  if ("opened" in found) {
    const { name } = found.opened;
    const others = real.toSpliced(real.indexOf(name), 1);
    const alike = namesakes(real);
    const problem = alike.length === 0 ? null : joined(alike, " ");
    return { ...report, devices: [name, ...others], usable: true, usesGpu: true, problem };
  }
  // A card that is listed has its driver: what it lacks is another thing.
  const needs = real.length > 0 ? [] : await graphicsNeeds(graphics);
  const problem = joined([found.problem, ...needs], " ");
  return { ...report, devices: real, usable: false, usesGpu: false, problem };
}

/** Dawn knows cards by their names alone: which of those of one name compute here. */
function namesakes(cards: readonly string[]): Sentence[] {
  const counts = new Map<string, number>();
  for (const name of cards) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].flatMap(([name, count]) =>
    count === 1
      ? []
      : [
          sentence`${name} is the name of ${count} {1|card|cards} here, of which the first alone can be asked for. Another one computes where a scheduler or a container shows a process no card but that.`,
        ],
  );
}

/** The installations of TensorFlow that can be reached from `folders`, in their order. */
export async function inspectTensorFlow(
  folders: readonly string[],
  machine: Machine = thisMachine,
): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  // One after the other: two processes would compete for the memory of one GPU.
  for (const found of findTensorFlow(folders)) {
    reports.push(await reportOf(found, await probeTensorFlow(found.folder), machine));
  }
  return reports;
}

const NO_TENSORFLOW: EngineReport = {
  engine: "tensorflow",
  library: TENSORFLOW_PACKAGES[0],
  version: null,
  folder: null,
  devices: [],
  usable: false,
  usesGpu: false,
  problem: sentence`It is not installed. With an NVIDIA GPU on Linux or Windows, \`gyrus engines install tensorflow-gpu\` installs it.`,
};

async function inspectOnnx(): Promise<EngineReport> {
  const report = { engine: "onnx", ...onnxruntimePackage(), usesGpu: false } as const;
  try {
    const { library, device } = (await createOnnxEngine({ threads: 1 })).description;
    return { ...report, library, devices: [device], usable: true, problem: null };
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error;
    const { library, detail } = error;
    return { ...report, library, devices: [], usable: false, problem: detail };
  }
}

async function reportOf(
  found: TensorFlowPackage,
  result: ProbeResult,
  machine: Machine,
): Promise<EngineReport> {
  const report = { ...found, engine: "tensorflow" as const };
  if ("problem" in result) {
    return { ...report, devices: [], usable: false, usesGpu: false, problem: result.problem };
  }
  const { usesGpu } = result;
  return {
    ...report,
    devices: usesGpu ? await gpuNames(machine) : ["CPU"],
    usable: true,
    usesGpu,
    problem: usesGpu || !isForGpu(found) ? null : await whyNoGpu(machine),
  };
}

const isForGpu = ({ library }: TensorFlowPackage) => library === "@tensorflow/tfjs-node-gpu";

async function gpuNames(machine: Machine): Promise<string[]> {
  const names = await gpusOf(machine);
  return names.length === 0 ? ["GPU"] : names;
}

const NOT_FOUND = sentence`not found`;

async function whyNoGpu(machine: Machine): Promise<Sentence> {
  const unmet = (await gpuRequirements(machine)).filter(({ met }) => !met);
  if (unmet.length === 0) {
    return sentence`No GPU answers it, though all that it needs seems to be there: it computes on the CPU. TF_CPP_MIN_LOG_LEVEL=0 makes TensorFlow say more.`;
  }
  const missing = unmet.map(({ name, found, remedy }, place) =>
    place === 0
      ? sentence`it needs ${name} (${found ?? NOT_FOUND}). ${remedy}`
      : sentence`Besides, it needs ${name} (${found ?? NOT_FOUND}). ${remedy}`,
  );
  return sentence`No GPU answers it, so it computes on the CPU: ${joined(missing, " ")}`;
}
