/** What the best models of a split answered for each data group: read when it is asked for, one selection metric at a time. */
import { join } from "node:path";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { MODES, type Mode } from "../../experiment/schema/preprocessing";
import { entriesOf, folderNames } from "../../files/reader";
import { lossDivisors, withMeanLoss } from "../events/curves";
import type { BestPlace } from "../folder/place";
import { type MetricsResult, readMetrics } from "./metricsTsv";
import { undefinedResults } from "./undefinedResults";

export interface GroupResults {
  readonly group: string;
  /** The mode's level and, after voting, the image level. */
  readonly levels: readonly LevelResults[];
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

export interface LevelResults {
  readonly level: Mode;
  /** Paths; null where there is no such table (a prediction without labels has no metrics). */
  readonly predictionTsv: string | null;
  readonly metricsTsv: string | null;
  /**
   * One for each network. Losses are means over samples; ClinicaDL's of other groups than train and validation are left out, for
   * the batch size of their prediction, and so their scale, is not written anywhere.
   */
  readonly metrics: readonly KnownResult[];
}

/** Metrics of a table, with what the predictions beside it tell of them. */
export interface KnownResult extends MetricsResult {
  /** Metrics that have no value, though ClinicaDL's number stands in the table; none where there are no predictions to tell it. */
  readonly undefinedMetrics: readonly string[];
}

/** Results by data group, sorted by name. Never throws: a split or metric that is not there has none. */
export async function readResults(place: BestPlace): Promise<GroupResults[]> {
  const groups = folderNames(await entriesOf(place.folder));
  return await readResultsOf(place, groups.sort());
}

/** Of these groups alone. Never throws: a group that is not there has none. */
export async function readResultsOf(
  { maps, split, folder }: BestPlace,
  groups: readonly string[],
): Promise<GroupResults[]> {
  const divisors = await lossDivisors(maps.split(split));
  const divisorOf = (group: string) => {
    if (group === "train") return divisors.train;
    return group === "validation" || divisors.validation === 1 ? divisors.validation : null;
  };
  return await Promise.all(
    groups.map((group) => readGroupResults(join(folder, group), group, divisorOf(group))),
  );
}

async function readGroupResults(
  folder: string,
  group: string,
  lossDivisor: number | null,
): Promise<GroupResults> {
  const files = (await entriesOf(folder)).map((entry) => entry.name);
  const problems: Problem[] = [];
  const levels: LevelResults[] = [];
  for (const level of MODES) {
    const path = (kind: string) => {
      const name = `${group}_${level}_level_${kind}.tsv`;
      return files.includes(name) ? join(folder, name) : null;
    };
    const [predictionTsv, metricsTsv] = [path("prediction"), path("metrics")];
    if (predictionTsv === null && metricsTsv === null) continue;
    const metrics = metricsTsv === null ? [] : await readMetrics(metricsTsv).catch(() => []);
    if (metricsTsv !== null && metrics.length === 0) {
      problems.push(warning("results.no-metrics", { file: metricsTsv }));
    }
    const lacking = await undefinedResults(predictionTsv, metrics);
    levels.push({
      level,
      predictionTsv,
      metricsTsv,
      metrics: metrics.map((result, i) => ({
        ...result,
        values: withMeanLoss(result.values, lossDivisor),
        undefinedMetrics: lacking[i] ?? [],
      })),
    });
  }
  return { group, levels, problems };
}

/** The validation value of a best model, as its table tells it. Null when it was not evaluated or the table does not tell, NaN where it is undefined. */
export async function readBestValue(place: BestPlace, network: number | null): Promise<number | null> {
  const { maps, split, metric } = place;
  const { folder } = place.results("validation");
  const { levels } = await readGroupResults(folder, "validation", 1);
  // The mode's level has a block for each network; the image level after voting has no loss.
  const modeFirst = levels.toSorted((a, b) => Number(a.level === "image") - Number(b.level === "image"));
  const results = modeFirst.flatMap(({ metrics }) => metrics);
  const found = results.find((result) => result.network === network);
  const value = found?.undefinedMetrics.includes(metric) === true ? Number.NaN : found?.values[metric];
  if (value === undefined || metric !== "loss") return value ?? null;
  const { validation } = await lossDivisors(maps.split(split));
  return validation === null ? null : value / validation;
}
