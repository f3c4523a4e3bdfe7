/** The image that the networks of a MAPS saw of a session. */
import { dirname, isAbsolute, resolve } from "node:path";
import { sourceOf } from "../../../data/sources/imageSources";
import { readTable } from "../../../data/tables/table";
import { preprocessingSchema } from "../../../experiment/schema/preprocessing";
import { exists } from "../../../files/exists";
import type { GroupSource, SessionAnswer } from "../../../report/results/groupResults";

export type ImageFound =
  | { readonly kind: "found"; readonly file: string }
  /** The folder of the images is not there any more, or never was on this machine. */
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
  const caps = await foundFolder(await capsOf(asked), asked);
  if (caps === null) return { kind: "no-folder", folder: source.capsDirectory };
  const preprocessing = preprocessingSchema.parse(json.preprocessing_dict ?? {});
  const images = await sourceOf(caps);
  const [file] = await images.find(caps, session, preprocessing);
  if (file !== undefined) return { kind: "found", file };
  return { kind: "none", folder: caps, pattern: images.describe(preprocessing) };
}

/** Of several cohorts, the folder of the one that the session is of. */
async function capsOf(asked: ImageQuestion): Promise<string> {
  const { source, session } = asked;
  if (!source.multiCohort) return source.capsDirectory;
  const file = await foundFolder(source.capsDirectory, asked);
  if (file === null) return source.capsDirectory;
  const { rows } = await readTable(file);
  const row = rows.find(({ values }) => values.cohort === session.cohort) ?? rows[0];
  return resolve(dirname(file), row?.values.path ?? "");
}

async function foundFolder(path: string, { maps, folders }: ImageQuestion): Promise<string | null> {
  if (path === "") return null;
  const places = isAbsolute(path)
    ? [path]
    : [dirname(maps), maps, ...folders].map((folder) => resolve(folder, path));
  for (const place of places) if (await exists(place)) return place;
  return null;
}
