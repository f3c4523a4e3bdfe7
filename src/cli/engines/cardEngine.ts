/** The engine on a graphics card, which a process of its own has tried before. */
import type { Engine } from "../../engine/engine";
import type { CardWish } from "../../engine/webgpu/device/cards";
import { openDevice } from "../../engine/webgpu/device/openDevice";
import { type CardProbe, probeCard } from "../../engine/webgpu/device/probeCard";
import { createWebGpuEngine } from "../../engine/webgpu/webGpuEngine";

/** The graphics cards of a machine, as far as it concerns the choice of an engine. */
export interface Cards {
  probe(wish: CardWish): Promise<CardProbe>;
  /** Opens the card of exactly that name. */
  open(name: string): Promise<OpenEngine>;
}

export interface OpenEngine {
  readonly engine: Engine;
  /** Gives the card back: the engine computes no more. */
  close(): void;
}

export const theseCards: Cards = {
  probe: (wish) => probeCard(wish),
  open: (name) => openCardEngine({ wanted: name }),
};

export async function openCardEngine(wish: CardWish): Promise<OpenEngine> {
  const open = await openDevice(wish);
  return { engine: createWebGpuEngine(open), close: () => open.device.destroy() };
}
