/** Ways through a network that part at one place and are joined at another, as the drawings take them. */
import type { DiagramNode } from "../../../src/network/diagram";

/** How the values of the ways become one. */
export type Join = "add" | "concatenate" | "multiply";

export interface Fork {
  /** Layers of each way, the one with the most layers last; a way without layers hands on what it gets. */
  readonly ways: readonly (readonly DiagramNode[])[];
  readonly join: Join;
  /** Name of a layer that follows the join without a name in the state dict; null for none. */
  readonly after: string | null;
}

/** Null for a layer that stands alone. */
export function forkOf(node: DiagramNode): Fork | null {
  if (node.kind !== "ResidualBlock") return null;
  const isShortcut = ({ path }: DiagramNode) => path.startsWith(`${node.path}.downsample.`);
  return {
    ways: [node.nested.filter(isShortcut), node.nested.filter((inner) => !isShortcut(inner))],
    join: "add",
    after: "ReLU",
  };
}
