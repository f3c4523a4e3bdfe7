import { withInner } from "../network/innerLayers";
import type { Mirrored, Pair } from "./model";

/** The layer that an arrow key leads to from `selected`: along a side, or to the layer in the same row; null for none. */
export function otherSide(key: string, { bands, rowOf }: Mirrored, selected: string | null): string | null {
  const rows = bands.flat();
  const current = selected === null ? undefined : rowOf.get(selected);
  const inDecoder = rows.some(({ decoder }) => decoder.path === current);
  const row = rows.find(({ encoder, decoder }) => current === encoder.path || current === decoder.path);
  const side = rows.flatMap((pair) => standing(pair, inDecoder));
  const own = row === undefined ? [] : standing(row, inDecoder);
  const at = side.indexOf(own.find((path) => path === selected) ?? own[0] ?? "");
  const step = (to: number) => side[Math.max(0, Math.min(side.length - 1, to))] ?? null;
  switch (key) {
    case "ArrowDown":
      return step(at + 1);
    case "ArrowUp":
      return step(at - 1);
    case "ArrowLeft":
      return firstOf(row ?? rows[0], false);
    case "ArrowRight":
      return firstOf(row ?? rows[0], true);
    case "Home":
      return step(0);
    case "End":
      return step(side.length - 1);
    default:
      return null;
  }
}

/** What can be selected on one side of a row, from above to below: its layer, or the layers of its branches; a decoder goes upwards. */
function standing({ encoder, decoder }: Pair, inDecoder: boolean): readonly string[] {
  const layers = withInner([inDecoder ? decoder : encoder]);
  const paths = layers.flatMap(({ path, fork }) => (fork === undefined ? [path] : []));
  return inDecoder ? paths.toReversed() : paths;
}

const firstOf = (row: Pair | undefined, inDecoder: boolean): string | null =>
  row === undefined ? null : (standing(row, inDecoder)[0] ?? null);
