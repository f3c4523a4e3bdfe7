import { resolve } from "node:path";
import { ANALYSIS_COLUMNS, analyseLabels } from "../../../data/tsv/analysis";
import type { Row } from "../../../data/tsv/sessions";
import { parseWords } from "../../arguments";
import { type Command, EXIT, UsageError } from "../../command";
import { counted } from "../../counted";
import { textTable } from "../../textTable";
import { refuseToOverwrite } from "./refuseToOverwrite";

export const tsvAnalysis: Command = {
  name: "tsv analysis",
  usage: "tsv analysis MERGED_TSV DATA_TSV [OUTPUT_TSV] [--json]",
  summary: "Shows age, sex, MMSE, CDR and number of sessions, diagnosis by diagnosis.",
  help: [
    "MERGED_TSV   table that knows age and sex of the sessions, and MMSE and CDR where there are such columns",
    "DATA_TSV     the sessions to describe; a diagnosis that it lacks comes from the labels.tsv above it",
    "OUTPUT_TSV   table to write, with a row a diagnosis",
    "--json       prints one JSON object",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, { json: { type: "boolean", default: false } });
    const [merged, data, output, extra] = positionals;
    if (merged === undefined || data === undefined)
      throw new UsageError("MERGED_TSV and DATA_TSV are needed.");
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    if (output !== undefined) refuseToOverwrite(output, [merged, data]);
    const groups = await analyseLabels(
      resolve(merged),
      resolve(data),
      output === undefined ? undefined : resolve(output),
    );
    terminal.print(values.json ? JSON.stringify({ groups: groups.map(withNumbers) }) : asText(groups));
    if (output !== undefined)
      terminal.say(`${resolve(output)}: ${counted(groups.length, "diagnosis", "diagnoses")}.`);
    return EXIT.done;
  },
};

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
