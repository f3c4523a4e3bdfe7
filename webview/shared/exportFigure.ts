/** A figure as the file that the user asked for. */
import type { ExportDetail } from "./chart/chartElement";
import { figureCsv } from "./chart/figureCsv";
import { renderSvg } from "./chart/renderSvg";
import { rasterise } from "./rasterise";

const SIZE = { width: 860, height: 420 };
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
