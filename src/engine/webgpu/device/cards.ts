/** Which graphics cards there are, and which of them is meant. Pure: openDevice.ts asks the machine. */
import { type Sentence, sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";

export interface Card {
  /** As its driver says: "NVIDIA GeForce RTX 3060". */
  readonly name: string;
  /** Whether a processor plays the card. */
  readonly software: boolean;
}

/** A card that no machine has: Dawn answers with the list of those that there are. */
export const NO_SUCH_CARD = "adapter=\u0001";

/** The way to the card that Dawn takes on each system; what it lists for others is the same card once more. */
const BACKENDS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: "metal",
  linux: "vulkan",
  win32: "d3d12",
};

/** Mesa's, Google's and Microsoft's programs that play a card. */
const SOFTWARE = /llvmpipe|lavapipe|swiftshader|\bWARP\b|Microsoft Basic Render/i;

export const isSoftware = (name: string): boolean => SOFTWARE.test(name);

/**
 * The cards in Dawn's answer to a name that no card has, in its order: with `powerPreference: "high-performance"` those with
 * memory of their own come first. Each in a line: ` * backend: 'vulkan', name: 'NVIDIA GeForce RTX 3060'`.
 */
export function cardsIn(answer: string, platform: NodeJS.Platform): Card[] {
  const lines = answer.matchAll(/^ \* backend: '([^']*)', name: '(.*)'\s*$/gm);
  return [...lines].flatMap(([, backend, name = ""]) =>
    backend === BACKENDS[platform] ? [{ name, software: isSoftware(name) }] : [],
  );
}

export interface CardWish {
  /** Part of its name, in any case, or its number from 0. Default: the first. */
  readonly wanted?: string | undefined;
  /** For tests: a processor may play the card. */
  readonly allowSoftware?: boolean;
}

/**
 * The card that is meant. Numbers count the cards that compute: software ones only with `allowSoftware`.
 * @throws EngineError that lists the cards there are
 */
export function cardMeant(cards: readonly Card[], { wanted, allowSoftware = false }: CardWish): Card {
  const real = cards.filter(({ software }) => allowSoftware || !software);
  if (real.length === 0) throw new EngineError(noCard(cards));
  const found = wanted === undefined ? real[0] : cardCalled(real, wanted.trim());
  if (found === undefined) {
    const list = cardList(real);
    throw new EngineError(
      sentence`No graphics card here is called "${wanted ?? ""}" (device). There is: ${list}. Write part of a name, or a number.`,
    );
  }
  if (real.find(({ name }) => name.includes(found.name)) !== found) {
    throw new EngineError(
      sentence`The card "${found.name}" cannot be opened: an earlier card has the same name, and only the first of these can be asked for. Let the scheduler or the container show this process its own card alone.`,
    );
  }
  return found;
}

/** A number is a place, unless no card has it and it stands in a name ("3060"). */
function cardCalled(cards: readonly Card[], wanted: string): Card | undefined {
  const numbered = /^\d+$/.test(wanted) ? cards[Number(wanted)] : undefined;
  return numbered ?? cards.find(({ name }) => name.toLowerCase().includes(wanted.toLowerCase()));
}

/** "0: NVIDIA GeForce RTX 3060, 1: Intel(R) UHD Graphics 770" */
export const cardList = (cards: readonly Card[]): string =>
  cards.map(({ name }, place) => `${place}: ${name}`).join(", ");

function noCard(cards: readonly Card[]): Sentence {
  const [software] = cards;
  return software === undefined
    ? sentence`No graphics card answers here.`
    : sentence`No graphics card answers here: ${software.name} is a program on the processor, which the engine onnx uses better.`;
}
