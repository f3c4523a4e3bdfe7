import type { DiagramNode } from "../../src/network/drawing/diagram";

/** Layers with those of their branches, each after the layer that it is in. */
export const withInner = (nodes: readonly DiagramNode[]): readonly DiagramNode[] =>
  nodes.flatMap((node) => [node, ...withInner(node.fork?.branches.flat() ?? [])]);
