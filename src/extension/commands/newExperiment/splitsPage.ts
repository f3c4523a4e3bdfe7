/** New splits as a page of Markdown: who is in them, and how alike the sets are. */
import { basename } from "node:path";
import { l10n } from "vscode";
import type { Problem } from "../../../experiment/problems/problem";
import type { Phrase } from "../../../experiment/problems/words";
import { balanceTable, splitsSentences } from "../../../report/splits/describeSplits";
import { splitsPhrase } from "../../../report/splits/splitsWords";
import { phraseHere, sentencesHere } from "../../language";
import { asMarkdown, sentencesAsMarkdown } from "../../plainText";
import type { MadeSplits } from "./splitAnswers";

export function splitsPage({ plan, choices, balance, table }: MadeSplits): string {
  const { header, rows } = balanceTable(balance, plan.people.length);
  const row = (cells: readonly (string | Phrase)[]) => `| ${cells.map(cellText).join(" | ")} |`;
  const warnings = plan.warnings.map(problemText);
  return [
    `# ${l10n.t("Splits of {0}", asMarkdown(basename(table)))}`,
    ...splitsSentences(plan, choices).map((sentence) => asMarkdown(phraseHere(sentence))),
    ...(warnings.length === 0 ? [] : [`## ${l10n.t("Worth knowing")}`, warnings.join("\n")]),
    `## ${l10n.t("How alike the sets are")}`,
    [row(header), `| --- |${" ---: |".repeat(header.length - 1)}`, ...rows.map(row)].join("\n"),
    asMarkdown(phraseHere(splitsPhrase("how-compared"))),
  ].join("\n\n");
}

/** Why they cannot be made. */
export const unmakablePage = (title: string, problems: readonly Problem[]): string =>
  [
    `# ${asMarkdown(title)}`,
    `## ${l10n.t("Why they cannot be made")}`,
    problems.map(problemText).join("\n"),
  ].join("\n\n");

const cellText = (cell: string | Phrase) => asMarkdown(typeof cell === "string" ? cell : phraseHere(cell));

function problemText(problem: Problem): string {
  const { message, remedy } = sentencesHere(problem);
  return `- **${sentencesAsMarkdown(message)}**  \n  ${sentencesAsMarkdown(remedy)}`;
}
