/** Does what is due: trains an experiment, goes on with its training, or finds that nothing is left of it. */
import { existsSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../../experiment/experiment";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { splitNumbers } from "../../experiment/splitNumbers";
import { readLogStart } from "../../maps/events/logStart";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { readRecords } from "../../maps/units/records";
import { notice } from "../notices";
import { finishedSplit } from "./finishedSplit";
import { experimentOfMaps, resumeTraining } from "./resumeTraining";
import type { RunOptions, SplitSets, TrainingOutcome } from "./runOptions";
import { runTraining } from "./runTraining";
import { otherSettings } from "./sameSettings";
import { endOf, type SplitResult } from "./splitResult";

/**
 * The same call again and again comes to one training: it begins where there is no MAPS, goes on where there is one that has not
 * finished, and of a finished one tells what came of it, without a look at the data.
 * @throws InputError when the MAPS is that of another experiment, and as `runTraining` and `resumeTraining` do
 */
export async function trainOrResume(
  experiment: Experiment,
  maps: string,
  options: RunOptions,
): Promise<TrainingOutcome> {
  if (!existsSync(mapsPlace(maps).mapsJson)) return await runTraining(experiment, maps, options);
  const theirs = await experimentOfMaps(maps);
  refuseOther(experiment, theirs, maps);
  return (await finishedTraining(theirs, maps, options)) ?? (await resumeTraining(maps, options));
}

function refuseOther(ours: Experiment, theirs: Experiment, maps: string): void {
  // Codes that the file does not give are those of the tables, which a resumption compares with the groups.
  const compared = ours.label_code === null ? { ...ours, label_code: theirs.label_code } : ours;
  const splits = [ours, theirs].map(splitNumbers);
  const found = [
    ...otherSettings(compared, theirs),
    ...(isDeepStrictEqual(splits[0], splits[1])
      ? []
      : [{ key: "split", ours: JSON.stringify(splits[0]), theirs: JSON.stringify(splits[1]) }]),
  ];
  if (found.length === 0) return;
  const file = mapsPlace(maps).mapsJson;
  throw new InputError(
    found.map(({ key, ...values }) =>
      problem("resume.other-setting", { file, where: key }, { key, ...values }),
    ),
  );
}

/** What came of a training whose splits have all ended, and all of whose trainers have said so; null of any other. */
async function finishedTraining(
  experiment: Experiment,
  maps: string,
  { onNotice }: RunOptions,
): Promise<TrainingOutcome | null> {
  const records = await readRecords(maps);
  if (records.some(({ record }) => record.end === null)) return null;
  const { partsPerImage } = await readMapsJson(maps);
  const networks = experiment.multi_network ? [...Array(partsPerImage).keys()] : [null];
  const splits: SplitResult[] = [];
  for (const split of splitNumbers(experiment)) {
    const finished = await finishedSplit(maps, split, { networks, experiment });
    if (finished === null) return null;
    splits.push(...finished);
  }
  for (const split of splitNumbers(experiment)) onNotice?.(notice("split-finished", { split }));
  const reason = endOf(splits)?.reason ?? "completed";
  return { maps, sets: await keptSets(maps, experiment, networks), splits, reason, failures: [] };
}

/** Who was in the sets when the training began; null where a log does not say so, as those of the first version. */
async function keptSets(
  maps: string,
  experiment: Experiment,
  [network = null]: readonly (number | null)[],
): Promise<TrainingOutcome["sets"]> {
  const sets: SplitSets[] = [];
  for (const split of splitNumbers(experiment)) {
    const start = await readLogStart(mapsPlace(maps).split(split).network(network).eventsJsonl);
    const flow = start?.flow ?? null;
    if (flow === null) return null;
    sets.push({ split, ...flow });
  }
  return sets;
}
