/** What a report says of the data and the training: sets, splits, audit, network, settings and curves, programs. */
import { basename } from "node:path";
import { SPLIT_GROUPS } from "../../experiment/splitGroups";
import { LEFT_OUT_WORDS } from "../../statistics/dataFlow";
import { rangeOf } from "../figures/chart";
import type { CurvesOf, ReportFacts } from "../reading/readReportFacts";
import { type Block, say, type Text } from "./reportDocument";
import { reportPhrase } from "./reportWords";

/** Without the examples, which name participants. */
export function flowBlocks({ flows, sets }: ReportFacts): readonly Block[] {
  const rows = flows.flatMap(({ split, flow }) =>
    SPLIT_GROUPS.map((set) => ({ set, found: flow?.[set] })).flatMap(
      ({ set, found }): readonly (readonly Text[])[] =>
        found === undefined
          ? []
          : [
              [
                String(split),
                set,
                String(found.used.people),
                String(found.used.sessions),
                found.classes.map(({ name, people }) => `${name} ${people}`).join(", "),
                leftOutText(found.leftOut),
              ],
            ],
    ),
  );
  const columns = ["split", "set", "people_column", "sessions"] as const;
  if (rows.length === 0) {
    const counts = sets.map(({ split, set, people, sessions }) => [
      String(split),
      set,
      String(people.size),
      String(sessions),
    ]);
    const head = columns.map((name) => reportPhrase(name));
    return [{ kind: "table", head, rows: counts }, say(reportPhrase("no-flow"))];
  }
  const head = [...columns, "classes" as const, "left-out" as const].map((name) => reportPhrase(name));
  return [{ kind: "table", head, rows }];
}

const leftOutText = (
  left: readonly { readonly reason: keyof typeof LEFT_OUT_WORDS; readonly sessions: number }[],
): Text =>
  left.length === 0
    ? "0"
    : {
        template: "{reasons}",
        values: {
          reasons: left.map(({ reason, sessions }) =>
            reportPhrase("left-out-for", {
              reason: { template: LEFT_OUT_WORDS[reason], values: {} },
              sessions,
            }),
          ),
        },
      };

export function splitBlocks({ maps, sets, leaking }: ReportFacts): readonly Block[] {
  const { json, splits, settings, choosing } = maps;
  const share = json.inner_validation;
  return [
    say(reportPhrase("folds", { count: splits.length })),
    ...(sets.length === 0
      ? []
      : [say(leaking === 0 ? reportPhrase("disjoint") : reportPhrase("leaking", { count: leaking }))]),
    say(
      choosing.lastEpoch
        ? reportPhrase("selection-last")
        : reportPhrase("selection-best", { metrics: settings.selectionMetrics }),
    ),
    ...(choosing.inner && typeof share === "number" ? [say(reportPhrase("inner-share", { share }))] : []),
    say(
      settings.patience > 0
        ? reportPhrase("stopping", { patience: settings.patience })
        : reportPhrase("no-stopping"),
    ),
  ];
}

/** The sentences of findings name participants: they stand in a report for those who may know them. */
export function auditBlocks({ audit }: ReportFacts, withPeople: boolean): readonly Block[] {
  if (audit === null) return [say(reportPhrase("no-audit"))];
  const rows = audit.findings.map(({ severity, message, problems }) => [
    severity,
    (problems ?? []).map(({ code }) => code).join(", "),
    ...(withPeople ? [message] : []),
  ]);
  const head = [reportPhrase("severity"), reportPhrase("finding"), ...(withPeople ? [""] : [])];
  return [
    ...(audit.accepted.length === 0 ? [] : [say(reportPhrase("accepted", { kinds: audit.accepted }))]),
    ...(rows.length === 0
      ? [say(reportPhrase("no-finding"))]
      : [{ kind: "table" as const, head, rows }, say(reportPhrase("finding-meaning"))]),
  ];
}

export const networkBlocks = ({ layers }: ReportFacts): readonly Block[] =>
  layers === null ? [say(reportPhrase("no-layers"))] : [{ kind: "code", text: layers }];

/** Keys that name a place of the user's machine: their last part says enough. */
const PATHS = ["caps_directory", "tsv_path", "transfer_path", "preprocessing_json"];
/** Shown elsewhere, or of no meaning for the result. */
const NOT_SHOWN =
  /^(architecture|split|caps_target|tsv_target.*|track_exp|profiler|amp|gpu|n_proc|\$schema)$/;

export function trainingBlocks(
  { maps, curves }: ReportFacts,
  plain: (text: Text) => string,
): readonly Block[] {
  const rows = Object.entries(maps.json)
    .filter(([key]) => !NOT_SHOWN.test(key))
    .map(([key, value]) => [key, PATHS.includes(key) ? nameOnly(value) : settingText(value)]);
  const head = [reportPhrase("setting"), reportPhrase("value")];
  const seen = curves.filter((one) => one.rows.length > 0);
  return [
    ...(seen.length === 0 ? [say(reportPhrase("no-curves"))] : [curvesBlock(seen, plain)]),
    { kind: "table", head, rows },
  ];
}

const nameOnly = (value: unknown) =>
  typeof value === "string" ? basename(value.replaceAll("\\", "/")) : settingText(value);

/** A path may stand in any text: of one the name alone is said. */
const settingText = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "string" && /^(\/|[A-Za-z]:[\\/]|~)/.test(inner) ? nameOnly(inner) : inner,
  ) ?? "";

/** Of several splits their validation losses, of one split both sets. */
function curvesBlock(curves: readonly CurvesOf[], plain: (text: Text) => string): Block {
  const sets = curves.length === 1 ? (["train", "validation"] as const) : (["validation"] as const);
  const lines = curves.flatMap(({ split, rows }) =>
    sets.map((set) => ({
      label: plain(reportPhrase(set === "train" ? "training-line" : "validation-line", { split })),
      xs: rows.map(({ epoch }) => epoch + 1),
      ys: rows.map((row) => row[set].loss ?? Number.NaN),
    })),
  );
  const last = curves.map(({ split, rows }) => {
    const { epoch = 0, train = {}, validation = {} } = rows.at(-1) ?? {};
    return [String(split), String(epoch + 1), String(train.loss ?? ""), String(validation.loss ?? "")];
  });
  const names = [reportPhrase("split"), reportPhrase("epoch"), "loss_train", "loss_validation"];
  return {
    kind: "chart",
    chart: {
      title: plain(reportPhrase("curves-title")),
      xLabel: plain(reportPhrase("epoch")),
      yLabel: plain(reportPhrase("loss")),
      x: rangeOf(lines.flatMap(({ xs }) => xs)),
      y: rangeOf(lines.flatMap(({ ys }) => ys)),
      lines,
      points: [],
      diagonal: false,
    },
    caption: reportPhrase("curves-title"),
    table: { head: names, rows: last },
  };
}

export function environmentBlocks({ environment, maps }: ReportFacts): readonly Block[] {
  const { gyrusVersion: version } = maps.settings;
  return [
    say(version === null ? reportPhrase("made-by-clinicadl") : reportPhrase("made-by", { version })),
    environment.length === 0
      ? say(reportPhrase("no-environment"))
      : { kind: "code", text: environment.join("\n") },
  ];
}
