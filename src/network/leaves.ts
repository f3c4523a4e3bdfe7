/** The layers that compute something themselves: those inside branches instead of the layer that holds them. */
import type { OwnParameter } from "./definition/ownParameters";
import { definitionOf, type Layer } from "./layer";

export interface PlacedLayer {
  readonly path: string;
  readonly layer: Layer;
}

/** `layer` itself, or the layers of its branches at any depth, in the order of the state dict. */
export function leaves(layer: Layer, path: string): PlacedLayer[] {
  const definition = definitionOf(layer);
  if (definition.branches === undefined) return [{ path, layer }];
  return definition
    .branches(layer)
    .flatMap((branch) =>
      branch.layers.flatMap(({ name, layer: inner }) =>
        leaves(inner, [branchPath(path, branch), name].filter(Boolean).join(".")),
      ),
    );
}

/** Where the layers of a branch stand in the state dict, of the layer at `path`. */
export const branchPath = (path: string, { prefix }: { readonly prefix: string }): string =>
  [path, prefix].filter(Boolean).join(".");

/** Entries of the state dict that belong to `layer` itself. */
export function ownParameters(layer: Layer): readonly OwnParameter[] {
  const definition = definitionOf(layer);
  return definition.branches === undefined ? definition.parameters(layer) : [];
}
