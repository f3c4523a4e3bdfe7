/** The layers of a diagram as a list: for the search, the table and the CSV file. */
import type { Diagram, DiagramNode } from "../../src/network/drawing/diagram";
import { shapeWords } from "../network/drawing/describe";
import { withInner } from "../network/innerLayers";
import { toCsv } from "../shared/csv";

/** Every layer in its order, those of its branches after it. */
export function allNodes(diagram: Diagram): readonly DiagramNode[] {
  return withInner(
    diagram.parts.flatMap(({ groups }) =>
      groups.flatMap(({ blocks }) => blocks.flatMap(({ nodes }) => nodes)),
    ),
  );
}

/** Paths of the layers whose name, settings or output hold all words of `query`; null for an empty query. */
export function search(diagram: Diagram, query: string): ReadonlySet<string> | null {
  const words = query
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return null;
  const found = allNodes(diagram).filter(({ path, label, output }) => {
    const content = `${path} ${label} ${shapeWords(output)} ${output.join("x")}`.toLocaleLowerCase();
    return words.every((word) => content.includes(word));
  });
  return new Set(found.map(({ path }) => path));
}

/** The table of layers as a file: shapes with "x", as in the terminal. */
export function architectureCsv(diagram: Diagram): string {
  return toCsv([
    ["layer", "kind", "settings", "input", "output", "parameters", "receptive_field", "zeros_before"],
    ...allNodes(diagram).map(({ path, kind, label, input, output, parameters, receptiveField, padding }) => [
      path,
      kind,
      label,
      input.join("x"),
      output.join("x"),
      String(parameters),
      receptiveField === null ? "all" : receptiveField.size.join("x"),
      padding?.before.join("x") ?? "",
    ]),
  ]);
}
