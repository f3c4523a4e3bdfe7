/** The diagram of an autoencoder, looked at by its ties: which layer answers which. */

import type { Diagram, DiagramNode, DiagramTransposition } from "../../src/network/drawing/diagram";
import type { Shape } from "../../src/network/shapes/axes";
import type { Tie } from "../../src/network/transpose";
import { withInner } from "../network/innerLayers";

export interface Pair {
  readonly encoder: DiagramNode;
  /** The layer of the decoder in the same row; not the one that came from it when layers have changed places. */
  readonly decoder: DiagramNode;
}

export interface Mirrored {
  readonly diagram: Diagram;
  readonly transposition: DiagramTransposition;
  /** Rows of the drawing, in blocks of the encoder. */
  readonly bands: readonly (readonly Pair[])[];
  /** Every layer, those of branches included. */
  readonly nodes: ReadonlyMap<string, DiagramNode>;
  /** The layer of the encoder or decoder that a layer of a branch is in; itself for any other. */
  readonly rowOf: ReadonlyMap<string, string>;
  readonly tieOfDecoder: ReadonlyMap<string, Tie>;
  readonly tieOfEncoder: ReadonlyMap<string, Tie>;
}

/** Null when the network was not made by transposition. */
export function mirror(diagram: Diagram): Mirrored | null {
  const { transposition } = diagram;
  if (transposition === undefined) return null;
  const rows = diagram.parts.flatMap(({ groups }) =>
    groups.flatMap(({ blocks }) => blocks.flatMap((block) => block.nodes)),
  );
  const nodes = new Map(withInner(rows).map((node) => [node.path, node]));
  const rowOf = new Map(rows.flatMap((row) => withInner([row]).map(({ path }) => [path, row.path] as const)));
  const facing = new Map(transposition.rows.map(({ encoder, decoder }) => [encoder, decoder]));
  const [encoder] = diagram.parts;
  const bands = (encoder?.groups ?? []).flatMap(({ blocks }) =>
    blocks.map((block) =>
      block.nodes.map((node) => ({ encoder: node, decoder: nodes.get(facing.get(node.path)!)! })),
    ),
  );
  return {
    diagram,
    transposition,
    bands,
    nodes,
    rowOf,
    tieOfDecoder: new Map(transposition.ties.map((tie) => [tie.decoder, tie])),
    tieOfEncoder: new Map(transposition.ties.map((tie) => [tie.encoder, tie])),
  };
}

/** The tie of a layer of either side: for one of a branch, that of the layer that it is in. */
export function tieOf({ tieOfDecoder, tieOfEncoder, rowOf }: Mirrored, path: string): Tie | undefined {
  const row = rowOf.get(path) ?? path;
  return tieOfDecoder.get(row) ?? tieOfEncoder.get(row);
}

/** Shape of the code between encoder and decoder. */
export const codeOf = ({ bands, diagram }: Mirrored): Shape =>
  bands.at(-1)?.at(-1)?.encoder.output ?? diagram.inputSize;
