/** How well the best models of a MAPS do on a data group, as Markdown: from its tables, whoever wrote them. */

import { basename } from "node:path";
import { l10n } from "vscode";
import type { Problem } from "../../experiment/problems/problem";
import { findPlace } from "../../maps/folder/splits";
import { readMaps } from "../../maps/folder/summary";
import { type KnownResult, type LevelResults, readResults } from "../../maps/tables/results";
import { distinctReasons, measuredColumns, undefinedReasons } from "../../run/undefinedReasons";
import { valueWords } from "../experiments/words";
import { describeHere, phraseHere } from "../language";
import { asCode, asMarkdown } from "../plainText";

/** One best model on the group. */
interface ModelResults {
  readonly split: number;
  readonly metric: string;
  readonly levels: readonly LevelResults[];
}

export async function groupReport(maps: string, group: string): Promise<string> {
  const [summary, place] = [await readMaps(maps), await findPlace(maps)];
  const models: ModelResults[] = [];
  const problems: Problem[] = [];
  for (const { split, metrics } of summary?.splits ?? []) {
    for (const metric of metrics) {
      const found = (await readResults(place.split(split).best(metric))).find(
        (results) => results.group === group,
      );
      if (found === undefined) continue;
      models.push({ split, metric, levels: found.levels });
      problems.push(...found.problems);
    }
  }
  return groupText(maps, group, summary?.settings.classes ?? [], models, problems);
}

/** A table for each level: a column a model, or a network of it. */
export function groupText(
  maps: string,
  group: string,
  classes: readonly string[],
  models: readonly ModelResults[],
  problems: readonly Problem[] = [],
): string {
  const levels = [...new Set(models.flatMap((model) => model.levels.map(({ level }) => level)))];
  const tables = levels.flatMap((level) => {
    const columns = models.flatMap((model) =>
      model.levels
        .filter((results) => results.level === level)
        .flatMap(({ metrics }) => metrics.map((result) => ({ model: nameOf(model, result), result }))),
    );
    if (columns.length === 0) return [];
    const names = [...new Set(columns.flatMap(({ result }) => Object.keys(result.values)))];
    const head = ["", ...columns.map(({ model }) => model)];
    const body = names.map((name) => [
      asMarkdown(name),
      ...columns.map(({ result }) => cellOf(result, name)),
    ]);
    return [...(levels.length > 1 ? [`## ${levelWords(level)}`] : []), table(head, body)];
  });
  const shown = models.flatMap(({ levels: ofModel }) => ofModel.flatMap(({ metrics }) => metrics));
  const [positive, , third] = classes;
  const reasons = distinctReasons(
    shown.flatMap(({ values, undefinedMetrics }) =>
      undefinedReasons(undefinedMetrics, measuredColumns(values, undefinedMetrics), classes),
    ),
  );
  return [
    `# ${l10n.t("{0} in {1}", asMarkdown(group), asMarkdown(basename(maps)))}`,
    ...tables,
    ...(tables.length > 0 ? [] : [withoutMetrics(models.length)]),
    ...(shown.some(({ values }) => "sensitivity" in values) && positive !== undefined && third === undefined
      ? [l10n.t("Sensitivity is the share of {0} that is found.", asMarkdown(positive))]
      : []),
    ...(shown.some(({ interval }) => interval !== null)
      ? [l10n.t("In brackets: 95 % of the values that other draws of the same people give (bootstrap).")]
      : []),
    ...(reasons.length > 0
      ? [
          l10n.t(
            "Undefined: {0}. The tables hold ClinicaDL's 0 there.",
            asMarkdown(reasons.map(phraseHere).join(", ")),
          ),
        ]
      : []),
    ...problems.map((found) => asMarkdown(describeHere(found))),
    ...(models.length === 0
      ? []
      : [l10n.t("The predictions of every image stand in {0}.", asCode(`${maps}/split-*/best-*/${group}`))]),
  ].join("\n\n");
}

const nameOf = ({ split, metric }: ModelResults, { network }: KnownResult) =>
  [
    `split-${split}/best-${asMarkdown(metric)}`,
    ...(network === null ? [] : [l10n.t("network {0}", network)]),
  ].join(", ");

/** "0.938", or with its interval "0.938 (0.812 – 1.000)", on one line. */
function cellOf({ values, interval, undefinedMetrics }: KnownResult, name: string): string {
  const value = values[name];
  if (value === undefined) return "";
  if (undefinedMetrics.includes(name)) return l10n.t("undefined");
  const [lower, upper] = [interval?.lower[name], interval?.upper[name]];
  const words = valueWords(value);
  if (lower === undefined || upper === undefined) return words;
  return `${words} (${valueWords(lower)} – ${valueWords(upper)})`.replaceAll(" ", "\u00a0");
}

function levelWords(level: LevelResults["level"]): string {
  switch (level) {
    case "image":
      return l10n.t("Images");
    case "patch":
      return l10n.t("Patches");
    case "roi":
      return l10n.t("Regions");
    case "slice":
      return l10n.t("Slices");
  }
}

const withoutMetrics = (models: number) =>
  models === 0
    ? l10n.t("No best model has predicted this group yet.")
    : l10n.t("The table has no labels, so there are no metrics.");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
