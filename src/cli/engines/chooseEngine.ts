/** From the name of an engine in an experiment to the engine. */
import { availableParallelism } from "node:os";
import { type Engine, EngineError } from "../../engine/engine";
import { type EngineReport, inspectTensorFlow } from "../../engine/inspectEngines";
import { createOnnxEngine } from "../../engine/onnx/onnxEngine";
import { loadTensorFlow } from "../../engine/tensorflow/library/loadTensorFlow";
import { createTensorFlowEngine } from "../../engine/tensorflow/tensorFlowEngine";
import { phraseOf } from "../../experiment/problems/networkSentence";
import type { ENGINES } from "../../experiment/schema/schema";
import { joined, type Sentence, sentence } from "../../network/sentence";
import { type Notice, notice } from "../../training/notices";
import { type Cards, type OpenEngine, theseCards } from "./cardEngine";
import { fastestEngine, type TimedJob } from "./fastest";

export type EngineName = (typeof ENGINES)[number];

export interface EngineChoice {
  /** 0 for all cores. */
  readonly threads: number;
  /** Where TensorFlow is looked for, the first first: `engineFolders()`. */
  readonly folders: readonly string[];
  /** Which graphics card: part of its name, or its number. */
  readonly device?: string | undefined;
  /** What is to be done, a step or an answer of it: "auto" times that. Without it a card that answers is taken untimed. */
  readonly job?: TimedJob;
  /** What the user should know of the choice. */
  readonly say?: (notice: Notice) => void;
  /** For tests; default: those of this machine. */
  readonly cards?: Cards;
  /** For tests: seconds by which steps are timed. */
  readonly clock?: () => number;
}

/**
 * "auto" takes of the processor and the cards that answer what is soonest done with the job; "webgpu" takes the graphics card; "tensorflow"
 * takes a GPU that answers, else TensorFlow on the CPU.
 * @throws EngineError that says why the engine asked for cannot be used, and what to do
 */
export async function chooseEngine(name: EngineName, choice: EngineChoice): Promise<Engine> {
  const threads = choice.threads === 0 ? availableParallelism() : choice.threads;
  switch (name) {
    case "onnx":
      return await createOnnxEngine({ threads });
    case "auto":
      return await bestEngine(choice, threads);
    case "webgpu": {
      const card = await openCard(choice);
      if ("problem" in card) throw new EngineError(sentence`${card.problem} ${WITHOUT}`);
      return card.engine;
    }
    case "tensorflow": {
      const reports = await inspectTensorFlow(choice.folders);
      const best = gpuAmong(reports) ?? reports.find(({ usable }) => usable);
      if (best === undefined) throw new EngineError(whyNone(reports));
      return await tensorFlowEngine(best, threads);
    }
  }
}

/** What "auto" takes of the engines of this machine before it has timed them. */
export function preferred(reports: readonly EngineReport[]): Engine["name"] {
  return gpuAmong(reports)?.engine ?? "onnx";
}

const gpuAmong = (reports: readonly EngineReport[]) =>
  reports.find(({ usable, usesGpu }) => usable && usesGpu);

const WITHOUT = sentence`Set \`engine\` to auto or onnx to train without it.`;

async function bestEngine(choice: EngineChoice, threads: number): Promise<Engine> {
  const { engines: onCards, idle } = await enginesOnCards(choice, threads);
  const [first] = onCards;
  const processor = withIdleCard(await createOnnxEngine({ threads }), idle);
  if (first === undefined) return processor;
  const { job, say = () => {}, clock } = choice;
  if (job === undefined) return first.engine;
  const best = await fastestEngine([...onCards.map(({ engine }) => engine), processor], job, say, clock);
  for (const { engine, close } of onCards) if (engine !== best) close();
  return best;
}

/** Those of all graphics cards that answer. A card that is there and does not is spoken of. */
async function enginesOnCards(
  choice: EngineChoice,
  threads: number,
): Promise<{ readonly engines: readonly OpenEngine[]; readonly idle: string | null }> {
  const engines: OpenEngine[] = [];
  const card = await openCard(choice);
  if ("engine" in card) engines.push(card);
  else if (card.name !== null) {
    choice.say?.(notice("card-not-used", { card: card.name, reason: phraseOf(card.problem) }));
  }
  const onTensorFlow = gpuAmong(await inspectTensorFlow(choice.folders));
  if (onTensorFlow !== undefined) {
    engines.push({ engine: await tensorFlowEngine(onTensorFlow, threads), close: () => {} });
  }
  return { engines, idle: "engine" in card ? null : card.name };
}

/** `engine`, which says of itself that a card stays idle beside it. */
const withIdleCard = (engine: Engine, idleCard: string | null): Engine =>
  idleCard === null ? engine : { ...engine, description: { ...engine.description, idleCard } };

/** The card's engine, or why there is none, with the name of a card that is there all the same. */
async function openCard({
  device,
  cards = theseCards,
}: EngineChoice): Promise<OpenEngine | { readonly problem: Sentence; readonly name: string | null }> {
  const probe = await cards.probe(device === undefined ? {} : { wanted: device });
  if ("opened" in probe) return await cards.open(probe.opened.name);
  const real = probe.cards.find(({ software }) => !software);
  return { problem: probe.problem, name: real?.name ?? null };
}

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
  if (reports.length === 0) {
    return sentence`TensorFlow is not installed: \`gyrus engines install tensorflow-gpu\` installs it for an NVIDIA GPU. ${WITHOUT}`;
  }
  return joined([...reports.flatMap(({ problem }) => problem ?? []), WITHOUT], " ");
}
