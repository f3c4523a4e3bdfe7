/** A figure as the file that the user asked for. */
import type { ExportDetail } from "./chart/chartElement";
import { figureCsv } from "./chart/csv";
import { renderSvg } from "./chart/renderSvg";

const SIZE = { width: 860, height: 420 };
/** A canvas is no longer or higher: beyond, browsers draw nothing. */
const LONGEST_SIDE = 16_384;
/** PNG files are made for slides and print: two pixels for one. */
const PNG_SCALE = 2;

/** `name`: without extension. Resolves to what the editor must write. */
export async function exportFigure(
  { figure, view, format, palette }: ExportDetail,
  name: string,
): Promise<{ readonly name: string; readonly content: string | Uint8Array<ArrayBuffer> }> {
  const file = `${name}.${format}`;
  switch (format) {
    case "csv":
      return { name: file, content: figureCsv(figure) };
    case "svg":
      return { name: file, content: renderSvg(figure, view, SIZE, palette) };
    case "png":
      return { name: file, content: await rasterise(renderSvg(figure, view, SIZE, palette), PNG_SCALE) };
  }
}

/** Draws an SVG file, which must name its width and height, to a PNG: smaller than `scale` asks where no canvas is so large. */
export async function rasterise(svg: string, scale: number): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    const { naturalWidth: width, naturalHeight: height } = image;
    const possible = Math.min(scale, LONGEST_SIDE / Math.max(width, height));
    canvas.width = width * possible;
    canvas.height = height * possible;
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (blob === null) throw new Error("No PNG was made.");
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A file name out of any text: what file systems refuse becomes a dash. */
export function fileName(...parts: readonly string[]): string {
  return parts
    .join("-")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|-+$/g, "");
}
