import { type Lettering, TEXT_STYLES } from "../drawing/lettering";

/** Measures with the font of the page, at the sizes of the drawings. */
export function canvasLettering(fontFamily: string): Lettering {
  const context = document.createElement("canvas").getContext("2d");
  return {
    width(text, kind) {
      const { size, weight } = TEXT_STYLES[kind];
      if (context === null) return text.length * size * 0.65;
      context.font = `${weight} ${size}px ${fontFamily}`;
      return context.measureText(text).width;
    },
  };
}
