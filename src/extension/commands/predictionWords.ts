/** The results of a prediction, in words. */
import { basename } from "node:path";
import { l10n } from "vscode";
import { valueWords } from "../experiments/words";
import type { PredictionReport } from "./resultReports";

type Metrics = PredictionReport["results"][number]["images"];

/** Markdown: a row a model, by its images where their parts voted, else a network by its parts. */
export function predictionText({ maps, group, classes, results }: PredictionReport): string {
  const rows = results.flatMap(({ split, metric, metrics, images }) => {
    const model = `split-${split}/best-${metric}`;
    if (images !== null) return [{ model, values: images }];
    return (metrics ?? [null]).map((values: Metrics, network, all) => ({
      model: all.length === 1 ? model : `${model}, ${l10n.t("network {0}", network)}`,
      values,
    }));
  });
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values ?? {})))];
  const [positive, , third] = classes;
  return [
    `# ${l10n.t("{0}, predicted by {1}", group, basename(maps))}`,
    columns.length === 0
      ? l10n.t("The table has no labels, so there are no metrics.")
      : table(
          [l10n.t("Model"), ...columns],
          rows.map(({ model, values }) => [
            model,
            ...columns.map((column) => valueWords(values?.[column] ?? (values === null ? null : Number.NaN))),
          ]),
        ),
    ...(columns.includes("sensitivity") && positive !== undefined && third === undefined
      ? [l10n.t("Sensitivity is the share of {0} that is found.", positive)]
      : []),
    l10n.t("The predictions of every image stand in {0}.", `\`${maps}/split-*/best-*/${group}\``),
  ].join("\n\n");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map((_, column) => (column === 0 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
