/** The places of VS Code that read text for more than text, and how words of files stay words there. */
import { type LogOutputChannel, MarkdownString } from "vscode";
import { visible } from "../experiment/visibleText";

/** In notifications, progress and input boxes: VS Code makes a link, or a button, of `[text](command:...)`. */
export const asMessage = (text: string): string => visible(text).replaceAll("](", "] (");

/** In a page or a cell of Markdown: on one line, with nothing that Markdown or HTML would take for its own. */
export const asMarkdown = (text: string): string =>
  visible(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_{}[\]()#+!~|<>&]/g, "\\$&");

/** As code in Markdown, of one line, whatever backticks it holds. */
export function asCode(text: string): string {
  const line = visible(text).replace(/\s+/g, " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

/** Sentences of ours in Markdown: what they set in backticks, and options of the program, are code, in which no line breaks. */
export const sentencesAsMarkdown = (text: string): string =>
  text
    .split(/(`[^`]+`|(?<!\S)--[a-z][a-z-]*)/)
    .map((part, place) => (place % 2 === 0 ? asMarkdown(part) : asCode(part.replaceAll("`", ""))))
    .join("");

/** Markdown of a hover or a tooltip: it runs no command and holds no HTML. */
export function plainMarkdown(text = "", icons = false): MarkdownString {
  const markdown = new MarkdownString(text, icons);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

/** The output channel, to which nothing is written that an editor or a terminal would obey. */
export function plainLog(channel: LogOutputChannel): LogOutputChannel {
  const shown = (said: unknown) =>
    visible(said instanceof Error ? (said.stack ?? said.message) : String(said)).trimEnd();
  const write = (tell: (message: string) => void) => ({
    value: (...said: readonly unknown[]) => tell(said.map(shown).join(" ")),
  });
  const log: LogOutputChannel = Object.create(channel, {
    debug: write((message) => channel.debug(message)),
    info: write((message) => channel.info(message)),
    warn: write((message) => channel.warn(message)),
    error: write((message) => channel.error(message)),
  });
  return log;
}
