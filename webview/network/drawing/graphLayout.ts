/** How much room layers take: rows below each other, ways through a fork side by side. */
import type { DiagramNode } from "../../../src/network/diagram";
import { type Fork, forkOf } from "./fork";
import { ROW_HEIGHT } from "./row";

/** From where the ways part to the first of their layers. */
export const FORK_HEIGHT = 18;
/** From the last of them to below the sign of the join. */
export const JOIN_HEIGHT = 26;
const FOOT = 6;
const MARGIN = 12;
const GAP = 18;
/** Of the width of a way, how much another one gets that has the longest beside it. */
const SIDE_SHARE = 126 / 222;

export interface Column {
  readonly x: number;
  readonly width: number;
}

export const middleOf = ({ x, width }: Column): number => x + width / 2;

export function heightOf(node: DiagramNode): number {
  const fork = forkOf(node);
  return fork === null ? ROW_HEIGHT : forkHeight(fork);
}

export const heightOfAll = (nodes: readonly DiagramNode[]): number =>
  nodes.reduce((sum, node) => sum + heightOf(node), 0);

/** Height of the longest way. */
export const waysHeight = ({ ways }: Fork): number => Math.max(...ways.map(heightOfAll));

function forkHeight(fork: Fork): number {
  return FORK_HEIGHT + waysHeight(fork) + JOIN_HEIGHT + (fork.after === null ? 0 : ROW_HEIGHT) + FOOT;
}

/** Where each way of a fork runs: the last one, with the most layers, is the widest. */
export function columnsOf({ ways }: Fork, { x, width }: Column): readonly Column[] {
  const sides = ways.length - 1;
  const main = (width - 2 * MARGIN - sides * GAP) / (1 + sides * SIDE_SHARE);
  return ways.map((_, way) => ({
    x: x + MARGIN + way * (main * SIDE_SHARE + GAP),
    width: way === sides ? main : main * SIDE_SHARE,
  }));
}
