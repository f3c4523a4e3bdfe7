/** The layers as a table: the twin of the drawing. */
import type { Diagram } from "../../src/network/drawing/diagram";
import { grouped, layerName, settingsWords, shapeWords } from "../network/drawing/describe";
import type { DiagramTable } from "../network/view/diagramView";
import type { TableColumn } from "../shared/cells";
import { textOf } from "../shared/text";
import { sizesWords } from "./drawing";
import { allNodes } from "./model";
import { architectureStrings } from "./strings";

const text = textOf(architectureStrings);

export function layerTable(diagram: Diagram): DiagramTable {
  const nodes = allNodes(diagram);
  const at = (row: number) => nodes[row]!;
  const fieldOf = (row: number) => {
    const { receptiveField } = at(row);
    return receptiveField === null ? text("wholeInput") : sizesWords(receptiveField.size);
  };
  return {
    label: text("layers"),
    rows: nodes.map(({ path }) => [path]),
    columns: [
      column("path", text("stateDict"), 20, (row) => at(row).path),
      column("kind", text("kind"), 16, (row) => layerName(at(row))),
      column("settings", text("settings"), 26, (row) => settingsWords(at(row))),
      column("output", text("output"), 20, (row) => shapeWords(at(row).output), "end"),
      column("parameters", text("parameters"), 11, (row) => at(row).parameters, "end"),
      column("field", text("receptiveField"), 13, fieldOf, "end"),
    ],
  };
}

const column = (
  id: string,
  label: string,
  width: number,
  value: (row: number) => string | number,
  align: TableColumn["align"] = "start",
): TableColumn => ({
  id,
  label,
  width,
  align,
  value,
  format: (cell) => (typeof cell === "number" ? grouped(cell) : String(cell ?? "")),
});
