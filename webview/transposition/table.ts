/** The ties as a table: the twin of the drawing. */
import type { Tie } from "../../src/network/transpose";
import { paddingWords, shapeWords } from "../network/drawing/describe";
import type { DiagramTable } from "../network/view/diagramView";
import type { TableColumn } from "../shared/cells";
import { toCsv } from "../shared/csv";
import { textOf } from "../shared/text";
import type { Mirrored } from "./model";
import { transpositionStrings } from "./strings";

const text = textOf(transpositionStrings);

/** In the order of the decoder. */
export function tieTable(mirrored: Mirrored, label: string): DiagramTable {
  const { ties } = mirrored.transposition;
  return {
    label,
    rows: ties.map(({ decoder, encoder }) => [decoder, encoder]),
    columns: tieColumns(mirrored),
  };
}

/** The table as a file. */
export function tieCsv(mirrored: Mirrored): string {
  const columns = tieColumns(mirrored);
  return toCsv([
    columns.map(({ label }) => label),
    ...mirrored.transposition.ties.map((_, row) => columns.map(({ value }) => String(value(row) ?? ""))),
  ]);
}

function tieColumns(mirrored: Mirrored): readonly TableColumn[] {
  const { ties } = mirrored.transposition;
  const layer = (path: string) => {
    const node = mirrored.nodes.get(path);
    return node === undefined ? path : `${path}: ${node.label}`;
  };
  const column = (id: string, label: string, width: number, value: (tie: Tie) => string): TableColumn => ({
    id,
    label,
    width,
    align: "start",
    value: (row) => value(ties[row]!),
    format: (cell) => String(cell ?? ""),
  });
  return [
    column("encoder", text("encoder"), 34, ({ encoder }) => layer(encoder)),
    column("decoder", text("decoder"), 38, ({ decoder }) => layer(decoder)),
    column("rule", text("rule"), 28, ({ rule }) =>
      rule === "copy" ? text("copied") : rule.replace(" -> ", " → "),
    ),
    column("output", text("shapes"), 22, ({ decoder }) =>
      shapeWords(mirrored.nodes.get(decoder)?.output ?? []),
    ),
    column("exchange", text("changedPlacesWith"), 20, ({ exchangedWith }) => exchangedWith ?? ""),
    column("resized", text("resized"), 22, ({ resized }) =>
      resized === undefined ? "" : text("resizedText", resized.from, resized.to),
    ),
    column("travel", text("receives"), 40, ({ decoder }) => received(mirrored, decoder)),
  ];
}

function received({ transposition }: Mirrored, decoder: string): string {
  const travel = transposition.travels.find(({ unpool }) => unpool === decoder);
  if (travel === undefined) return "";
  if (travel.padding === undefined) return text("receivesIndices", travel.pool);
  const planes = paddingWords(travel.padding);
  return `${text("receivesText", travel.pool)}${planes === "" ? "" : ` (${planes})`}`;
}
