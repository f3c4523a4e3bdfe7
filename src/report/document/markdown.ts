/** A report as Markdown, charts by their tables. */
import type { Block, ReportDocument, ReportTable, Text } from "./reportDocument";

/** @param words of a text in the language of the reader */
export function reportMarkdown({ title, sections }: ReportDocument, words: (text: Text) => string): string {
  const text = (given: Text) =>
    words(given)
      .replace(/[\\`*_[\]<>#|]/g, "\\$&")
      .replace(/\s*\n\s*/g, " ");
  const parts = sections.flatMap(({ title: name, blocks }) => [
    `## ${text(name)}`,
    ...blocks.map((block) => blockMarkdown(block, text)).filter((written) => written !== ""),
  ]);
  return `${[`# ${text(title)}`, ...parts].join("\n\n")}\n`;
}

function blockMarkdown(block: Block, text: (given: Text) => string): string {
  switch (block.kind) {
    case "text":
      return text(block.text);
    case "heading":
      return `### ${text(block.text)}`;
    case "table":
      return tableMarkdown(block, text);
    case "chart":
      return `${text(block.caption)}\n\n${tableMarkdown(block.table, text)}`;
    case "pictures":
      return block.table === null ? "" : `${text(block.caption)}\n\n${tableMarkdown(block.table, text)}`;
    case "list":
      return block.items.map((item) => `- ${text(item)}`).join("\n");
    case "code":
      return `\`\`\`\n${block.text.replaceAll("```", "'''")}\n\`\`\``;
  }
}

function tableMarkdown({ head, rows }: ReportTable, text: (given: Text) => string): string {
  const lines = [head.map(text), head.map(() => "---"), ...rows.map((row) => row.map(text))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
