/** How much room layers take: rows below each other, the ways through a fork side by side. */
import type { DiagramFork, DiagramNode } from "../../../src/network/drawing/diagram";
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
  return node.fork === undefined ? ROW_HEIGHT : forkHeight(node.fork);
}

export const heightOfAll = (nodes: readonly DiagramNode[]): number =>
  nodes.reduce((sum, node) => sum + heightOf(node), 0);

/** Height of the highest branch. */
export const branchesHeight = ({ branches }: DiagramFork): number => Math.max(...branches.map(heightOfAll));

export function forkHeight(fork: DiagramFork): number {
  return (
    FORK_HEIGHT + branchesHeight(fork) + JOIN_HEIGHT + (fork.after === undefined ? 0 : ROW_HEIGHT) + FOOT
  );
}

/** The ways through a fork from left to right: the highest branch is the main one and comes last, the others keep their order. */
export function waysOf({ branches }: DiagramFork): readonly (readonly DiagramNode[])[] {
  const heights = branches.map(heightOfAll);
  const main = heights.indexOf(Math.max(...heights));
  return [...branches.slice(0, main), ...branches.slice(main + 1), ...branches.slice(main, main + 1)];
}

/** Where each way of a fork runs: the last one, which is the main one, is the widest. */
export function columnsOf(fork: DiagramFork, { x, width }: Column): readonly Column[] {
  const ways = waysOf(fork);
  const sides = ways.length - 1;
  const main = (width - 2 * MARGIN - sides * GAP) / (1 + sides * SIDE_SHARE);
  return ways.map((_, way) => ({
    x: x + MARGIN + way * (main * SIDE_SHARE + GAP),
    width: way === sides ? main : main * SIDE_SHARE,
  }));
}
