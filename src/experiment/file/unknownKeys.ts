/** Keys that nobody reads: reported, because a misspelt key silently keeps its default. */

import { nearestName } from "../../network/nearestName";
import { warning } from "../problems/makeProblem";
import type { Problem } from "../problems/problem";
import { preprocessingSchema } from "../schema/preprocessing";
import { experimentSchema } from "../schema/schema";
import { isClinicaDlKey, isRecord } from "./clinicaDlKeys";
import { nativeKey } from "./foreignKeys";

/** Keys that prepare-data writes besides those of the schema. */
const SILENT_PREPROCESSING: readonly string[] = [
  "roi_background_value",
  "roi_template",
  "roi_mask_pattern",
  "masks_location",
];

/** So many are told of one by one: a file with more is no experiment. */
const MOST_KEYS = 100;

/** Warnings for keys that nobody reads, with the key that was probably meant. */
export function unknownKeyProblems(json: Readonly<Record<string, unknown>>, file: string): Problem[] {
  const known = Object.keys(experimentSchema.shape);
  const inPreprocessing = [...Object.keys(preprocessingSchema.shape), ...SILENT_PREPROCESSING];
  const strange = Object.keys(json).filter((key) => !known.includes(key) && !isClinicaDlKey(key));
  const problems: Problem[] = strange
    .slice(0, MOST_KEYS)
    .map((key) =>
      inPreprocessing.includes(key)
        ? warning("key.misplaced", { file, where: key }, { key })
        : misspeltKey(file, key, key, known),
    );
  if (strange.length > MOST_KEYS)
    problems.push(warning("keys.many-unknown", { file }, { count: strange.length - MOST_KEYS }));
  // What another tool nests: `optimizer.lr`, `trainer.max_epochs`.
  const nested = Object.entries(json).flatMap(([key, value]) =>
    isRecord(value)
      ? Object.keys(value)
          .slice(0, MOST_KEYS)
          .map((inner) => `${key}.${inner}`)
      : [],
  );
  problems.push(
    ...nested.flatMap((key) => {
      const meant = nativeKey(key);
      return meant === undefined
        ? []
        : [warning("key.of-another-tool", { file, where: key }, { key, meant })];
    }),
  );
  const dictionary = isRecord(json.preprocessing_dict) ? Object.keys(json.preprocessing_dict) : [];
  return [
    ...problems,
    ...dictionary
      .filter((key) => !inPreprocessing.includes(key))
      .slice(0, MOST_KEYS)
      .map((key) => misspeltKey(file, `preprocessing_dict.${key}`, key, inPreprocessing)),
  ];
}

function misspeltKey(file: string, where: string, key: string, candidates: readonly string[]): Problem {
  const native = nativeKey(key);
  if (native !== undefined)
    return warning(
      "key.of-another-tool",
      { file, where, instead: { names: [native] } },
      { key: where, meant: native },
    );
  const meant = nearestName(key, candidates);
  if (meant === undefined) return warning("key.unknown", { file, where }, { key: where });
  return warning("key.misspelt", { file, where, instead: { names: [meant] } }, { key: where, meant });
}
