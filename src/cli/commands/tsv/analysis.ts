import { resolve } from "node:path";
import { ANALYSIS_COLUMNS, analyseLabels } from "../../../data/tsv/analysis";
import type { Row } from "../../../data/tsv/sessionKeys";
import { defineCommand } from "../../command";
import { textTable } from "../../terminal/textTable";
import { refuseToOverwrite } from "./refuseToOverwrite";

export const tsvAnalysis = defineCommand({
  name: "tsv analysis",
  summary: "Shows age, sex, MMSE, CDR and number of sessions, diagnosis by diagnosis.",
  arguments: [
    {
      name: "MERGED_TSV",
      text: "table that knows age and sex of the sessions, and MMSE and CDR where there are such columns",
      completes: "file",
    },
    {
      name: "DATA_TSV",
      text: "the sessions to describe; a diagnosis that it lacks comes from the labels.tsv above it",
      completes: "file",
    },
    { name: "OUTPUT_TSV", text: "table to write, with a row a diagnosis", optional: true, completes: "file" },
  ],
  options: {},
  examples: ["tsv analysis merged.tsv labels.tsv", "tsv analysis merged.tsv labels.tsv analysis.tsv"],
  async run({ MERGED_TSV: merged, DATA_TSV: data, OUTPUT_TSV: output }, _options, terminal) {
    if (output !== undefined) refuseToOverwrite(output, [merged, data]);
    const written = output === undefined ? undefined : resolve(output);
    const { groups, warnings } = await analyseLabels(resolve(merged), resolve(data), written);
    for (const warning of warnings) terminal.warn(warning);
    if (written !== undefined)
      terminal.say(terminal.text("analysis-written", { file: written, count: groups.length }));
    return {
      result: { groups: groups.map(withNumbers), output: written ?? null },
      show: () => terminal.print(asText(groups)),
    };
  },
});

/** Numbers as such, null where nobody has a value. */
function withNumbers({ group, ...statistics }: Row) {
  const numbers = Object.entries(statistics).map(([name, text]) => [name, text === "" ? null : Number(text)]);
  return { group, ...Object.fromEntries(numbers) };
}

/** A column a diagnosis; without the rows for which no table has values. */
function asText(groups: readonly Row[]): string {
  const [, ...statistics] = ANALYSIS_COLUMNS;
  const rows = statistics.map((name) => [name, ...groups.map((row) => shortNumber(row[name] ?? ""))]);
  // ClinicaDL counts nobody in every CDR where no table has a column of it: that looks like a finding.
  const isCdr = (name: string) => name.startsWith("CDR_");
  const rated = rows.some(([name = "", ...cells]) => isCdr(name) && cells.some((cell) => cell !== "0"));
  return textTable(
    ["", ...groups.map(({ group }) => group ?? "")],
    rows.filter(([name = "", ...cells]) => (isCdr(name) ? rated : cells.some((cell) => cell !== ""))),
  );
}

const shortNumber = (text: string) => (text === "" ? "" : String(Number(Number(text).toFixed(2))));
