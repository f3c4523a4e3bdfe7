/** How wide texts of a drawing are: fonts differ by a third, and what is written side by side must not overlap. */

/** The kinds of text in a drawing, as `diagramCss` sets them. */
export type TextKind = "part" | "name" | "settings" | "small" | "badge";

export interface Lettering {
  /** Pixels of a text on one line. */
  width(text: string, kind: TextKind): number;
}

export const TEXT_STYLES: Readonly<Record<TextKind, { readonly size: number; readonly weight: number }>> = {
  part: { size: 13, weight: 600 },
  name: { size: 12, weight: 600 },
  settings: { size: 11, weight: 400 },
  small: { size: 11, weight: 400 },
  badge: { size: 11, weight: 600 },
};

/** `text`, or as much of it as fits into `room` pixels, with an ellipsis; "" when not even a letter does. */
export function fitted(text: string, kind: TextKind, room: number, lettering: Lettering): string {
  if (lettering.width(text, kind) <= room) return text;
  let [fits, exceeds] = [0, text.length];
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (lettering.width(`${text.slice(0, middle)}…`, kind) <= room) fits = middle;
    else exceeds = middle;
  }
  return fits === 0 ? "" : `${text.slice(0, fits).trimEnd()}…`;
}
