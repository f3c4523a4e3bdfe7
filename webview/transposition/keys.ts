import type { Mirrored } from "./model";

/** The layer that an arrow key leads to from `selected`: along a side, or to the layer in the same row; null for none. */
export function otherSide(key: string, { bands }: Mirrored, selected: string | null): string | null {
  const rows = bands.flat();
  const inDecoder = rows.some(({ decoder }) => decoder.path === selected);
  const at = rows.findIndex(({ encoder, decoder }) => selected === encoder.path || selected === decoder.path);
  const pathAt = (row: number, decoderSide: boolean) => {
    const pair = rows[Math.max(0, Math.min(rows.length - 1, row))];
    return pair === undefined ? null : (decoderSide ? pair.decoder : pair.encoder).path;
  };
  switch (key) {
    case "ArrowDown":
      return pathAt(at + 1, inDecoder);
    case "ArrowUp":
      return pathAt(at < 0 ? 0 : at - 1, inDecoder);
    case "ArrowLeft":
      return pathAt(at, false);
    case "ArrowRight":
      return pathAt(at, true);
    case "Home":
      return pathAt(0, inDecoder);
    case "End":
      return pathAt(rows.length - 1, inDecoder);
    default:
      return null;
  }
}
