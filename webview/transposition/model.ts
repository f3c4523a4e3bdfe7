/** The diagram of an autoencoder, looked at by its ties: which layer answers which. */

import type { Shape } from "../../src/network/axes";
import type { Diagram, DiagramNode, DiagramTransposition } from "../../src/network/diagram";
import type { Tie } from "../../src/network/transpose";

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
  readonly nodes: ReadonlyMap<string, DiagramNode>;
  readonly tieOfDecoder: ReadonlyMap<string, Tie>;
  readonly tieOfEncoder: ReadonlyMap<string, Tie>;
}

/** Null when the network was not made by transposition. */
export function mirror(diagram: Diagram): Mirrored | null {
  const { transposition } = diagram;
  if (transposition === undefined) return null;
  const nodes = new Map(
    diagram.parts.flatMap(({ groups }) =>
      groups.flatMap(({ blocks }) =>
        blocks.flatMap((block) => block.nodes.map((node) => [node.path, node] as const)),
      ),
    ),
  );
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
    tieOfDecoder: new Map(transposition.ties.map((tie) => [tie.decoder, tie])),
    tieOfEncoder: new Map(transposition.ties.map((tie) => [tie.encoder, tie])),
  };
}

/** The tie of a layer of either side. */
export function tieOf({ tieOfDecoder, tieOfEncoder }: Mirrored, path: string): Tie | undefined {
  return tieOfDecoder.get(path) ?? tieOfEncoder.get(path);
}

/** Shape of the code between encoder and decoder. */
export const codeOf = ({ bands, diagram }: Mirrored): Shape =>
  bands.at(-1)?.at(-1)?.encoder.output ?? diagram.inputSize;
