/** The sessions of which an experiment finds the image: only those can be in a split. */
import type { Preprocessing } from "../../experiment/schema/preprocessing";
import { mapLimited } from "../batches/collect";
import type { Session } from "../sources/imageSource";
import { type ImagePlace, openSource } from "../sources/imageSources";

/** Folders that answer slowly do so well in parallel. */
const PARALLEL = 32;

/** Those with exactly one image. Throws an InputError for a place that may not be read. */
export async function sessionsWithImage(place: ImagePlace, preprocessing: Preprocessing): Promise<Session[]> {
  const source = openSource(place);
  const sessions = await source.sessions();
  const found = await mapLimited(sessions, PARALLEL, (session) => source.find(session, preprocessing));
  return sessions.filter((_, i) => found[i]?.length === 1);
}
