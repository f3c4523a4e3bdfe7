/** The image that the networks of a MAPS saw of a session. */
import { dirname, isAbsolute, resolve } from "node:path";
import { placeAt, placeOf } from "../../data/sources/cohorts";
import { type ImagePlace, openSource } from "../../data/sources/imageSources";
import { readTable } from "../../data/tables/table";
import { preprocessingSchema } from "../../experiment/schema/preprocessing";
import { exists } from "../../files/exists";
import type { GroupSource, SessionAnswer } from "../results/groupResults";

export type ImageFound =
  | { readonly kind: "found"; readonly file: string }
  /** The folder of the images is not there any more, or never was on this machine; or it is not known of which cohort the session is. */
  | { readonly kind: "no-folder"; readonly folder: string }
  | { readonly kind: "none"; readonly folder: string; readonly pattern: string };

export interface ImageQuestion {
  readonly maps: string;
  /** Everything in maps.json. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly source: GroupSource;
  readonly session: Pick<SessionAnswer, "participantId" | "sessionId" | "cohort">;
  /** Folders in which a relative path of the MAPS may begin, besides that of the MAPS. */
  readonly folders: readonly string[];
}

/** Throws an InputError for ids that would lead elsewhere, and for a table of cohorts that cannot be read. */
export async function imageOfSession(asked: ImageQuestion): Promise<ImageFound> {
  const { json, session, source } = asked;
  const place = await placeOfSession(asked);
  if (place === null) return { kind: "no-folder", folder: source.capsDirectory };
  const preprocessing = preprocessingSchema.parse(json.preprocessing_dict ?? {});
  const images = openSource(place);
  const [file] = await images.find(session, preprocessing);
  if (file !== undefined) return { kind: "found", file };
  return { kind: "none", folder: images.place, pattern: images.describe(preprocessing) };
}

/** Of several cohorts, the place of the one that the session is of; null where it is not there, or which one it is is not known. */
async function placeOfSession(asked: ImageQuestion): Promise<ImagePlace | null> {
  const { source, session } = asked;
  if (source.images !== undefined) return placeOf("", source.images);
  const found = await foundFolder(source.capsDirectory, asked);
  if (found === null || !source.multiCohort) return found === null ? null : { place: found };
  const { rows } = await readTable(found);
  const [only, ...others] = rows;
  // Of several cohorts none is guessed: somebody else may have the same name there.
  const row =
    rows.find(({ values }) => values.cohort === session.cohort) ?? (others.length > 0 ? null : only);
  if (row == null) return null;
  const place = resolve(dirname(found), row.values.path ?? "");
  return (await exists(place)) ? await placeAt(place) : null;
}

async function foundFolder(path: string, { maps, folders }: ImageQuestion): Promise<string | null> {
  if (path === "") return null;
  const places = isAbsolute(path)
    ? [path]
    : [dirname(maps), maps, ...folders].map((folder) => resolve(folder, path));
  for (const place of places) if (await exists(place)) return place;
  return null;
}
