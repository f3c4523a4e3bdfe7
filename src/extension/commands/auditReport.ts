/** What `gyrus audit` found, as Markdown. */
import { basename, dirname, isAbsolute, relative } from "node:path";
import { l10n } from "vscode";
import type { ReplyProblem } from "../../run/commandReply";
import { counted } from "../language";
import { asCode, asMarkdown, sentencesAsMarkdown } from "../plainText";
import type { Audit } from "./replies";

/** The worst first, under a heading for each severity. */
export function auditReport(experiment: string, { scans, people, read, findings }: Audit): string {
  const of = (severity: ReplyProblem["severity"]) => findings.filter((found) => found.severity === severity);
  const chapters = [
    { title: l10n.t("What must not be trained on"), found: of("error") },
    { title: l10n.t("What may be wrong"), found: of("warning") },
    { title: l10n.t("Worth knowing"), found: of("notice") },
  ].filter(({ found }) => found.length > 0);
  return [
    `# ${l10n.t("Data of {0}", asMarkdown(basename(experiment)))}`,
    counted(
      "{0} {0|image|images} of {1} {1|person|people}; {2} of them {2|was|were} read voxel by voxel.",
      scans,
      people,
      read,
    ),
    ...(chapters.length === 0 ? [l10n.t("Nothing was found.")] : []),
    ...chapters.flatMap(({ title, found }) => [
      `## ${title}`,
      ...found.map((one) => entry(one, dirname(experiment))),
    ]),
    ...(of("error").length === 0
      ? []
      : [
          l10n.t(
            "An error stops a training. Leaks and differences in space can be let pass in a terminal: `gyrus train --accept-leaks`, `--accept-space`.",
          ),
        ]),
  ].join("\n\n");
}

/** @param folder of the experiment, below which most of its files are */
function entry({ message, remedy, file, where }: ReplyProblem, folder: string): string {
  const place = [file === null ? null : shownPath(file, folder), where].filter((part) => part !== null);
  const lines = [
    `- **${sentencesAsMarkdown(message)}**`,
    sentencesAsMarkdown(remedy),
    place.length === 0 ? "" : asCode(place.join(": ")),
  ];
  return lines.filter((line) => line !== "").join("  \n  ");
}

function shownPath(file: string, folder: string): string {
  const below = relative(folder, file);
  return below === "" || below.startsWith("..") || isAbsolute(below) ? file : below;
}
