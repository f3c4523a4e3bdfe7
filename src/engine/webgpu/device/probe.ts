/** A program of its own: opens the card that its first argument means and computes with it, says in one line of JSON what became of it. */
import { z } from "zod";
import { reasonOf } from "../../../messages/reasonOf";
import { sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";
import { checkKnownSum } from "./knownSum";
import { listCards, openDevice } from "./openDevice";
import type { CardProbe } from "./probeCard";

const [, , asked = "{}"] = process.argv;
const wishSchema = z.object({ wanted: z.string().optional(), allowSoftware: z.boolean().default(false) });

async function probe(): Promise<CardProbe> {
  let cards: { name: string; software: boolean }[] = [];
  try {
    cards = [...(await listCards())];
    const { device, name, vendor, software, limits } = await openDevice(wishSchema.parse(JSON.parse(asked)));
    await checkKnownSum(device, name);
    device.destroy();
    const { maxBufferSize, maxStorageBufferBindingSize } = limits;
    return { cards, opened: { name, vendor, software, maxBufferSize, maxStorageBufferBindingSize } };
  } catch (error) {
    return { cards, problem: error instanceof EngineError ? error.detail : sentence`${reasonOf(error)}` };
  }
}

process.stdout.write(`\n${JSON.stringify(await probe())}\n`);
