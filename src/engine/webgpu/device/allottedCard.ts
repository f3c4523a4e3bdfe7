/**
 * Which card a scheduler allots to this job. CUDA_VISIBLE_DEVICES and SLURM_JOB_GPUS speak of NVIDIA's numbers, while Vulkan shows a
 * process every card that the job's container or control group does not hide. Pure: probe.ts asks the machine.
 */
import { type Sentence, sentence } from "../../../network/sentence";
import type { Card } from "./cards";

/** A card as `nvidia-smi` lists it, in the order of the bus. */
export interface NvidiaCard {
  readonly index: string;
  /** "GPU-5f3c..." */
  readonly uuid: string;
  readonly name: string;
}

export type Allotment =
  /** Its number among the cards that compute. */
  { readonly card: number } | { readonly problem: Sentence };

/**
 * The cards that are allotted, by NVIDIA's number or identifier; null where no scheduler says anything. CUDA itself ends the list at the
 * first that is none, so an empty one, "-1" or "NoDevFiles" allots nothing.
 */
export function allottedIdentifiers(environment: NodeJS.ProcessEnv): readonly string[] | null {
  const list = environment.CUDA_VISIBLE_DEVICES ?? environment.SLURM_JOB_GPUS;
  if (list === undefined) return null;
  const identifiers = list.split(",").map((word) => word.trim());
  const end = identifiers.findIndex((word) => !/^(\d+|GPU-.+|MIG-.+)$/i.test(word));
  return end < 0 ? identifiers : identifiers.slice(0, end);
}

/** What `nvidia-smi --query-gpu=index,uuid,name --format=csv,noheader` writes. */
export function nvidiaCardsIn(output: string): NvidiaCard[] {
  return output.split("\n").flatMap((line) => {
    const [index, uuid, ...name] = line.split(",").map((cell) => cell.trim());
    return index === undefined || uuid === undefined || name.length === 0
      ? []
      : [{ index, uuid, name: name.join(", ") }];
  });
}

/**
 * The first of the cards that are allotted, among the cards that compute.
 * @param known what nvidia-smi lists; empty where it cannot be asked
 * @returns null where no scheduler says anything, or there is no NVIDIA card for it to speak of
 */
export function allottedCard(
  environment: NodeJS.ProcessEnv,
  cards: readonly Card[],
  known: readonly NvidiaCard[],
): Allotment | null {
  const identifiers = allottedIdentifiers(environment);
  if (identifiers === null) return null;
  const real = cards.filter(({ software }) => !software);
  const nvidia = real.filter(({ name }) => /nvidia/i.test(name));
  if (nvidia.length === 0) return null;
  const [first] = identifiers;
  if (first === undefined) {
    return {
      problem: sentence`The scheduler allots this job no graphics card (CUDA_VISIBLE_DEVICES or SLURM_JOB_GPUS names none). Ask for one (\`--gres=gpu:1\`), or name a card (device).`,
    };
  }
  if (/^MIG-/i.test(first)) {
    return {
      problem: sentence`The scheduler allots this job a part of a card (${first}), which computes for CUDA alone. Ask for a whole card, or use the engine onnx.`,
    };
  }
  const placeOf = (card: Card | undefined) => (card === undefined ? -1 : real.indexOf(card));
  // What is hidden from the job is hidden from Vulkan too: all that is left is its own.
  if (nvidia.length <= identifiers.length) return { card: placeOf(nvidia[0]) };
  const place = placeOf(nvidia[placeAmong(first, nvidia, known)]);
  if (place >= 0) return { card: place };
  const names = nvidia.map(({ name }) => name).join(", ");
  return {
    problem: sentence`The scheduler allots this job the card ${first}, which is none of ${nvidia.length}: ${names}. Name a card (device), or use the engine onnx.`,
  };
}

/** The place among Vulkan's NVIDIA cards: by its name, and among those of one name by their order on the bus. */
function placeAmong(identifier: string, nvidia: readonly Card[], known: readonly NvidiaCard[]): number {
  const entry = known.find(({ index, uuid }) => index === identifier || uuid.startsWith(identifier));
  if (entry === undefined) return /^\d+$/.test(identifier) ? Number(identifier) : -1;
  const alike = known.filter(({ name }) => name === entry.name);
  const places = nvidia.flatMap(({ name }, place) => (name === entry.name ? [place] : []));
  return places[alike.indexOf(entry)] ?? -1;
}
