/** A plot as the file that the user asked for. */
import type { Palette } from "../chart/palette";
import { toCsv, toTsv } from "../csv";
import { rasterise } from "../rasterise";
import { type Plot, tableRows } from "./plot";
import { renderPlot } from "./renderPlot";

export type PlotFormat = "svg" | "png" | "csv" | "tsv";

export interface PlotExport {
  readonly plot: Plot;
  readonly format: PlotFormat;
  readonly palette: Palette;
}

const SIZE = { width: 520, height: 500 };
/** For slides and print: three pixels for one. */
const PNG_SCALE = 3;

/** `name`: without extension. Resolves to what the editor must write. */
export async function plotFile(
  { plot, format, palette }: PlotExport,
  name: string,
): Promise<{ readonly name: string; readonly content: string | Uint8Array<ArrayBuffer> }> {
  const file = `${name}.${format}`;
  const drawn = () => renderPlot(plot, SIZE, palette, { titled: true });
  switch (format) {
    case "csv":
      return { name: file, content: toCsv(tableRows(plot.table)) };
    case "tsv":
      return { name: file, content: toTsv(tableRows(plot.table)) };
    case "svg":
      return { name: file, content: drawn() };
    case "png":
      return { name: file, content: await rasterise(drawn(), PNG_SCALE) };
  }
}
