import { join, resolve } from "node:path";
import { problem } from "../../experiment/problems/makeProblem";
import { EXIT } from "../../run/exitCodes";
import { distinctReasons, measuredColumns, undefinedReasons } from "../../run/undefinedReasons";
import type { ShownMetrics } from "../../statistics/metrics/compute";
import { type PredictionOutcome, predictGroup } from "../../training/results/predictGroup";
import { type CommandTerminal, defineCommand } from "../command";
import { GROUP_ARGUMENTS, GROUP_OPTIONS, groupRequest } from "../commandLine/groupOptions";
import { answeringEngine } from "../engines/answeringEngine";
import { checkProgress } from "../runExperiment";
import { resultsSummary } from "../terminal/resultsSummary";
import { stopSignal } from "../terminal/stopSignal";
import { textTable } from "../terminal/textTable";
import type { Say } from "../terminal/words";

export const predict = defineCommand({
  name: "predict",
  summary: "Predicts new data with the best models of a MAPS, of Gyrus or of ClinicaDL.",
  arguments: GROUP_ARGUMENTS,
  options: {
    ...GROUP_OPTIONS,
    label: {
      kind: "text",
      value: "COLUMN",
      text: "column of the label, instead of that of the training",
    },
    "save-nifti": {
      kind: "flag",
      text: "inputs and reconstructions of an autoencoder, with the header of their image",
    },
  },
  examples: ["predict maps test --caps caps --tsv split/test_baseline.tsv", "predict maps test --split 0"],
  async run({ MAPS, GROUP: group }, options, terminal) {
    const engine = await answeringEngine(options, terminal);
    const { signal, release } = stopSignal(terminal, { stopping: "stopping-after-batch" });
    const request = groupRequest(options);
    try {
      const outcome = await predictGroup(
        {
          ...request,
          maps: resolve(MAPS),
          group,
          label: request.label === null ? null : options.label,
          saveNifti: options["save-nifti"],
        },
        {
          engine,
          signal,
          onNotice: (notice) => terminal.tell(notice),
          onWarning: (warning) => terminal.warn(warning),
          onHeader: checkProgress(terminal, "reading-headers"),
          onProgress: (done, of) =>
            terminal.draw(done === of ? "" : terminal.text("predicting", { done, of })),
        },
      );
      const { stopped, ...result } = outcome;
      const figures = stopped || outcome.output !== outcome.maps ? [] : [group];
      const summary = await resultsSummary(outcome.maps, figures, terminal);
      return {
        result,
        show: () => {
          show(outcome, terminal);
          for (const line of summary) terminal.say(line);
        },
        ...(stopped && { exit: EXIT.stopped, problems: [problem("results.stopped", {})] }),
      };
    } finally {
      release();
    }
  },
});

function show(outcome: PredictionOutcome, terminal: CommandTerminal): void {
  if (outcome.results.length === 0) {
    terminal.say(terminal.text("nothing-predicted"));
    return;
  }
  terminal.say(resultsTable(outcome, terminal.text));
  terminal.say(`\n${terminal.text("tables-stand-in", { folder: whereTheyStand(outcome) })}`);
}

/** The folders of all models in one line, as a shell would find them. */
function whereTheyStand({ output, group, results }: PredictionOutcome): string {
  const of = (values: readonly (string | number)[]) => (new Set(values).size === 1 ? values[0] : "*");
  const split = of(results.map((result) => result.split));
  const metric = of(results.map((result) => result.metric));
  return join(output, `split-${split}`, `best-${metric}`, group);
}

/**
 * One row a model: its image-level metrics where the parts voted, else its own. Of more than two classes each has a row below it.
 */
function resultsTable({ results, classes }: PredictionOutcome, say: Say): string {
  const rows = results.flatMap(({ split, metric, metrics, images }) =>
    (images === null ? (metrics ?? [{}]) : [images]).flatMap((values, network, all) => {
      const model = `split-${split}/best-${metric}`;
      return rowsOf(all.length === 1 ? model : say("network-of-model", { model, network }), values, classes);
    }),
  );
  const columns = [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];
  if (columns.length === 0) return say("without-labels");
  const cell = (values: ShownMetrics, name: string) => {
    const value = values[name];
    return value === undefined ? "-" : (value?.toFixed(4) ?? say("undefined"));
  };
  const table = textTable(
    [say("model"), ...columns],
    rows.map(({ name, values }) => [name, ...columns.map((column) => cell(values, column))]),
  );
  const [positive, , third] = classes;
  const reasons = results.flatMap(({ metrics, images }) =>
    (images === null ? (metrics ?? []) : [images]).flatMap((values) => {
      const lacking = Object.keys(values).filter((name) => values[name] === null);
      return undefinedReasons(lacking, measuredColumns(values, lacking), classes);
    }),
  );
  return [
    table,
    ...(positive === undefined || third !== undefined ? [] : [say("share-that-is-found", { positive })]),
    ...(reasons.length === 0 ? [] : [say("undefined-because", { reasons: distinctReasons(reasons) })]),
  ].join("\n\n");
}

interface ResultsRow {
  readonly name: string;
  readonly values: ShownMetrics;
}

/** The metrics of a class end in its code: `BA-2`. */
function rowsOf(model: string, metrics: ShownMetrics, classes: readonly string[]): ResultsRow[] {
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
