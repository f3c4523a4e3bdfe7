/** Figures of people by sex, age and site, and how they are calibrated. */
import { calibrationCurve } from "../../statistics/calibration/calibrationCurve";
import { isUndefined } from "../../statistics/figure";
import type { Traits } from "../reading/readTraits";
import type { GroupResults, SessionAnswer } from "../results/groupResults";
import { byPerson } from "../results/people";
import { figureText, resultsPhrase } from "../results/resultsWords";
import { setFigures } from "../results/setFigures";
import { type Block, say, type Text } from "./reportDocument";
import { reportPhrase } from "./reportWords";
import { headlineSet, leading, scoredPeople, shortOf } from "./resultsSection";

/** Columns by which subgroups are asked for, without regard to case. */
const COLUMNS = /^(sex|gender|age|site|cent(er|re)|scanner|manufacturer|magnetic_?field|study)/i;
/** Whether a column says of people what others can be compared by. */
export const isCommonTrait = (name: string): boolean => COLUMNS.test(name);
/** More values than these are no subgroups but a measure, or names. */
export const MOST_SUBGROUPS = 12;
/** Years, or what else is measured, in a band. */
const BAND = 10;

export function subgroupBlocks(
  found: GroupResults | undefined,
  traitsOf: (session: SessionAnswer) => Traits,
): readonly Block[] {
  const set = found === undefined ? undefined : headlineSet(found);
  if (found === undefined || set === undefined) return [say(reportPhrase("no-results"))];
  const { people } = byPerson(set.sessions);
  const traits = people.map(({ sessions }) => traitsOf(sessions[0]!));
  const columns = [...new Set(traits.flatMap(Object.keys))].filter(
    (name) => isCommonTrait(name) && name !== found.label,
  );
  const measured = leading(setFigures(set, found).measures);
  const rows = columns.flatMap((column) => {
    const bandOf = bands(traits.map((one) => one[column] ?? ""));
    const names = traits.map((one) => bandOf(one[column] ?? ""));
    const distinct = [...new Set(names)].sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    if (distinct.length > MOST_SUBGROUPS || distinct.every((name) => name === "")) return [];
    return distinct.map((name): readonly Text[] => {
      const members = new Set(people.filter((_, i) => names[i] === name).flatMap(({ sessions }) => sessions));
      const own = { ...set, sessions: set.sessions.filter((session) => members.has(session)) };
      const figures = setFigures(own, found);
      const cells = measured.map((measure) => {
        const same = figures.measures.find((one) => one.name === measure.name && one.code === measure.code);
        return same === undefined ? "" : shortOf(same);
      });
      return [column, name === "" ? reportPhrase("unknown") : name, String(figures.people), ...cells];
    });
  });
  if (rows.length === 0) return [say(reportPhrase("no-traits"))];
  const head = [
    reportPhrase("trait"),
    reportPhrase("value"),
    reportPhrase("people_column"),
    ...measured.map(({ name }) => name),
  ];
  return [{ kind: "table", head, rows }, say(reportPhrase("subgroup-note"))];
}

/** A measure, of more values than make subgroups, in bands of ten. */
function bands(values: readonly string[]): (value: string) => string {
  const given = new Set(values.filter((value) => value !== ""));
  const measured = given.size > MOST_SUBGROUPS || [...given].some((value) => /^\d+\.\d+$/.test(value));
  if (!measured || ![...given].every((value) => Number.isFinite(Number(value)))) return (value) => value;
  return (value) => {
    if (value === "") return "";
    const from = Math.floor(Number(value) / BAND) * BAND;
    return `${from} – ${from + BAND - 1}`;
  };
}

const BINS = 10;

export function calibrationBlocks(
  found: GroupResults | undefined,
  plain: (text: Text) => string,
): readonly Block[] {
  const set = found === undefined ? undefined : headlineSet(found);
  if (found === undefined || set === undefined || found.classes.length !== 2)
    return [say(reportPhrase("no-calibration"))];
  const curve = calibrationCurve(scoredPeople(byPerson(set.sessions).people), { bins: BINS });
  if (isUndefined(curve)) return [say(reportPhrase("no-calibration"))];
  const filled = curve.flatMap(({ meanScore, share, count }) =>
    meanScore === null || share === null ? [] : [{ meanScore, share, count }],
  );
  const measures = setFigures(set, found).measures.filter(({ name }) =>
    ["Brier", "log_loss", "ECE"].includes(name),
  );
  return [
    {
      kind: "table",
      head: [resultsPhrase("measure"), resultsPhrase("value")],
      rows: measures.map((measure) => [measure.name, shortOf(measure)]),
    },
    {
      kind: "chart",
      chart: {
        title: plain(reportPhrase("calibration-title", { group: found.group })),
        xLabel: plain(reportPhrase("probability")),
        yLabel: plain(reportPhrase("share")),
        x: [0, 1],
        y: [0, 1],
        lines: [
          {
            label: found.classes[0] ?? "",
            xs: filled.map(({ meanScore }) => meanScore),
            ys: filled.map(({ share }) => share),
          },
        ],
        points: [],
        diagonal: true,
      },
      caption: reportPhrase("calibration-caption", { name: found.classes[0] ?? "" }),
      table: {
        head: [reportPhrase("probability"), reportPhrase("share"), reportPhrase("people_column")],
        rows: filled.map(({ meanScore, share, count }) => [
          figureText(meanScore),
          figureText(share),
          String(count),
        ]),
      },
    },
  ];
}
