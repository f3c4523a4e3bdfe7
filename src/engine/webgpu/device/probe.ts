/** A program of its own: opens the card that its first argument means and computes with it, says in one line of JSON what became of it. */
import { execFile } from "node:child_process";
import { z } from "zod";
import { reasonOf } from "../../../messages/reasonOf";
import { sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import { allottedCard, allottedIdentifiers, nvidiaCardsIn } from "./allottedCard";
import type { Card, CardWish } from "./cards";
import { DeviceWatch } from "./deviceFailures";
import { checkKnownSum } from "./knownSum";
import { listCards, openDevice } from "./openDevice";
import type { CardProbe } from "./probeCard";
import { canReadFromCards, NEEDS_NODE } from "./realNode";

const [, , asked = "{}"] = process.argv;
const wishSchema = z.object({ wanted: z.string().optional(), allowSoftware: z.boolean().default(false) });

async function probe(): Promise<CardProbe> {
  let cards: Card[] = [];
  try {
    cards = [...(await listCards())];
    const wish = await wishOf(wishSchema.parse(JSON.parse(asked)), cards);
    if (!canReadFromCards(process.versions)) return { cards, problem: NEEDS_NODE };
    const open = await openDevice(wish);
    const { device, name, vendor, software, limits } = open;
    const watch = new DeviceWatch(open);
    await checkKnownSum(device, name).catch((error: unknown) => {
      throw watch.explain(error, { batchSize: 1, largestArray: 0, bytes: 0 });
    });
    watch.requireThere();
    device.destroy();
    const { maxBufferSize, maxStorageBufferBindingSize } = limits;
    return { cards, opened: { name, vendor, software, maxBufferSize, maxStorageBufferBindingSize } };
  } catch (error) {
    return { cards, problem: error instanceof EngineError ? error.detail : sentence`${reasonOf(error)}` };
  }
}

/** A card that is named goes before the one that a scheduler allots. @throws EngineError where it allots none */
async function wishOf(wish: CardWish, cards: readonly Card[]): Promise<CardWish> {
  if (wish.wanted !== undefined || allottedIdentifiers(process.env) === null) return wish;
  const allotment = allottedCard(process.env, cards, nvidiaCardsIn(await nvidiaSmi()));
  if (allotment === null) return wish;
  if ("problem" in allotment) throw new EngineError(allotment.problem);
  return { ...wish, wanted: String(allotment.card) };
}

/** Nothing where there is none, or it does not answer. */
function nvidiaSmi(): Promise<string> {
  const words = ["--query-gpu=index,uuid,name", "--format=csv,noheader"];
  return new Promise((resolve) => {
    execFile("nvidia-smi", words, { timeout: 20_000, windowsHide: true }, (error, output) =>
      resolve(error === null ? output : ""),
    );
  });
}

process.stdout.write(`\n${JSON.stringify(await probe())}\n`);
