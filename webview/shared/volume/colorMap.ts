/** How brightness becomes colour: the picture's own scale, whatever the theme. */

export type ColorMapName = "gray" | "inverse" | "hot";
export const COLOR_MAPS: readonly ColorMapName[] = ["gray", "inverse", "hot"];

export const LEVELS = 256;

/** Red, green, blue of each level, 0 to 255. */
export function colorMap(name: ColorMapName): Uint8Array {
  const table = new Uint8Array(3 * LEVELS);
  for (let level = 0; level < LEVELS; level++)
    table.set(colorOf(name, level / (LEVELS - 1)).map(toByte), 3 * level);
  return table;
}

function colorOf(name: ColorMapName, level: number): readonly [number, number, number] {
  switch (name) {
    case "gray":
      return [level, level, level];
    case "inverse":
      return [1 - level, 1 - level, 1 - level];
    case "hot":
      // Black, red, yellow, white, each ramp after the other, as PET is often read.
      return [level / 0.375, (level - 0.375) / 0.375, (level - 0.75) / 0.25];
  }
}

const toByte = (share: number) => Math.round(255 * Math.min(1, Math.max(0, share)));
