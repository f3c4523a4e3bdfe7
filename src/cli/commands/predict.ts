import { join, resolve } from "node:path";
import { ENGINES } from "../../experiment/schema";
import type { Metrics } from "../../run/events";
import { type PredictionOutcome, predictGroup } from "../../training/results/predictGroup";
import { oneOf, parseWords, wholeNumber } from "../arguments";
import { chooseEngine } from "../chooseEngine";
import { type Command, EXIT, UsageError } from "../command";
import { engineFolders } from "../engineFolders";
import { stopSignal } from "../stopSignal";
import { textTable } from "../textTable";

export const predict: Command = {
  name: "predict",
  usage:
    "predict MAPS GROUP [--caps CAPS --tsv TSV] [--label COLUMN | --no-labels] [--split N] [--selection METRIC] [--json]",
  summary: "Predicts new data with the best models of a MAPS, of Gyrus or of ClinicaDL.",
  help: [
    "GROUP               name of the data group; a group that the MAPS knows needs neither --caps nor --tsv",
    "--caps              CAPS folder, or a TSV of cohort and path",
    "--tsv               participants and sessions, with the label for metrics",
    "--diagnoses         rows with this diagnosis (may be given several times; default: those of the training)",
    "--label             column of the label (default: that of the training, where the table has it)",
    "--no-labels         no metrics, even where the table has labels",
    "--split             only this split (may be given several times)",
    "--selection         only the models of this selection metric (may be given several times)",
    "--skip-leak-check   predict participants that the networks were trained or chosen on",
    "--save-nifti        inputs and reconstructions of an autoencoder, with the header of their image",
    "--save-tensors      the same as PyTorch tensors",
    "--engine            auto, onnx or tensorflow",
    "--json              prints one JSON object",
  ],
  async run(words, terminal) {
    const { values, positionals } = parseWords(words, {
      caps: { type: "string" },
      tsv: { type: "string" },
      diagnoses: { type: "string", multiple: true },
      label: { type: "string" },
      "no-labels": { type: "boolean", default: false },
      split: { type: "string", multiple: true },
      selection: { type: "string", multiple: true },
      "skip-leak-check": { type: "boolean", default: false },
      "save-nifti": { type: "boolean", default: false },
      "save-tensors": { type: "boolean", default: false },
      engine: { type: "string", default: "auto" },
      json: { type: "boolean", default: false },
    });
    const [maps, group, extra] = positionals;
    if (maps === undefined || group === undefined) throw new UsageError("MAPS and GROUP are needed.");
    if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
    const engine = await chooseEngine(oneOf("engine", values.engine, ENGINES) ?? "auto", {
      threads: 0,
      folders: engineFolders(),
    });
    const { signal, release } = stopSignal(terminal.say, { step: "batch" });
    try {
      const outcome = await predictGroup(
        {
          maps: resolve(maps),
          group,
          caps: values.caps,
          tsv: values.tsv,
          diagnoses: values.diagnoses,
          label: values["no-labels"] ? null : values.label,
          splits: values.split?.map((text) => wholeNumber("split", text, 0) ?? 0),
          metrics: values.selection,
          skipLeakCheck: values["skip-leak-check"],
          saveNifti: values["save-nifti"],
          saveTensors: values["save-tensors"],
        },
        {
          engine,
          signal,
          onNotice: terminal.say,
          onProgress: (done, of) => terminal.draw(done === of ? "" : `predicting ${done}/${of}`),
        },
      );
      if (values.json) {
        const { stopped: _, ...printed } = outcome;
        terminal.print(JSON.stringify(printed));
      } else if (outcome.results.length === 0) {
        terminal.say("Stopped before a model had predicted the whole group: nothing was written.");
      } else {
        terminal.say(resultsTable(outcome));
        terminal.say(whereTheyStand(outcome));
      }
      return outcome.stopped ? EXIT.stopped : EXIT.done;
    } finally {
      release();
    }
  },
};

/** The folders of all models in one line, as a shell would find them. */
function whereTheyStand({ maps, group, results }: PredictionOutcome): string {
  const of = (values: readonly (string | number)[]) => (new Set(values).size === 1 ? values[0] : "*");
  const split = of(results.map((result) => result.split));
  const metric = of(results.map((result) => result.metric));
  return `\nThe tables stand in ${join(maps, `split-${split}`, `best-${metric}`, group)}.`;
}

/**
 * One row a model: its image-level metrics where the parts voted, else its own. Of more than two classes each has a row below it.
 */
function resultsTable({ results, classes }: PredictionOutcome): string {
  const rows = results.flatMap(({ split, metric, metrics, images }) =>
    (images === null ? (metrics ?? [{}]) : [images]).flatMap((values, network, all) => {
      const model = `split-${split}/best-${metric}`;
      return rowsOf(all.length === 1 ? model : `${model} network ${network}`, values, classes);
    }),
  );
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  if (columns.length === 0) return "Without labels there are no metrics.";
  const cell = (values: Metrics, name: string) => values[name]?.toFixed(4) ?? "-";
  const table = textTable(
    ["model", ...columns],
    rows.map(({ name, values }) => [name, ...columns.map((column) => cell(values, column))]),
  );
  const [positive, , third] = classes;
  return positive === undefined || third !== undefined
    ? table
    : `${table}\n\nSensitivity is the share of ${positive} that is found.`;
}

interface ResultsRow {
  readonly name: string;
  readonly values: Metrics;
}

/** The metrics of a class end in its code: `BA-2`. */
function rowsOf(model: string, metrics: Metrics, classes: readonly string[]): ResultsRow[] {
  const entries = Object.entries(metrics);
  const classOf = (name: string) => /-(\d+)$/.exec(name)?.[1];
  const ofModel = entries.filter(([name]) => classOf(name) === undefined);
  if (ofModel.length === entries.length) return [{ name: model, values: metrics }];
  const ofClasses = classes.map((name, code) => {
    const own = entries.filter(([metric]) => classOf(metric) === String(code));
    const values = own.map(([metric, value]) => [metric.replace(/-\d+$/, ""), value]);
    return { name: `  ${name}`, values: Object.fromEntries(values) };
  });
  return [{ name: model, values: Object.fromEntries(ofModel) }, ...ofClasses];
}
