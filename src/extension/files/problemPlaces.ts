/** Which key of an experiment a problem belongs to, and where in another file it shows. */
import type { Experiment } from "../../experiment/experiment";
import { imagesPlace } from "../../experiment/imagesPath";
import type { Problem } from "../../experiment/problems/problem";

export interface OtherPlace {
  readonly file: string;
  /** From 1; null when it is about the whole file. */
  readonly row: number | null;
}

/** Key of the experiment to show `problem` at; "" for the whole file. */
export function keyOf(problem: Problem, file: string, experiment: Experiment | null): string {
  const { key, where } = problem;
  if (key !== undefined) return key;
  const isRow = where === undefined || /^row \d+$/.test(where);
  if (!isRow) return where;
  if (problem.file === undefined || problem.file === file || experiment === null) return "";
  const images = imagesPlace(experiment);
  const folders = [
    ["tsv_path", experiment.tsv_path],
    [images.key, images.file],
    ["transfer_path", experiment.transfer_path],
  ] as const;
  const holds = (folder: string | null) => folder !== null && problem.file?.startsWith(folder);
  return folders.find(([, folder]) => holds(folder))?.[0] ?? "tsv_path";
}

/** The file, other than the experiment, in which `problem` can be looked at. */
export function otherPlace({ file, where }: Problem, experimentFile: string): OtherPlace | null {
  if (file === undefined || file === experimentFile) return null;
  const row = /^row (\d+)$/.exec(where ?? "")?.[1];
  return { file, row: row === undefined ? null : Number(row) };
}
