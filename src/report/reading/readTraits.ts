/** What the tables of a study say of people besides their label: sex, age, site. Found beside the tables of the splits. */
import { dirname, join, resolve } from "node:path";
import { readColumns } from "../../audit/gather/columns";
import { entriesOf } from "../../files/reader";
import type { SessionAnswer } from "../results/groupResults";
import type { ResultsOfMaps } from "./readGroupResults";

export type Traits = Readonly<Record<string, string>>;

/** The columns of a session; empty where no table has it. Tables that cannot be read, or are of several cohorts, say nothing. */
export async function readTraits({
  place,
  json,
  splits,
}: ResultsOfMaps): Promise<(session: Pick<SessionAnswer, "participantId" | "sessionId">) => Promise<Traits>> {
  const { tsv_path: path } = json;
  const nothing = async () => ({});
  if (typeof path !== "string" || path === "" || json.multi_cohort === true) return nothing;
  const folder = resolve(place.folder, path);
  const folders = [folder, ...splits.map((split) => join(folder, `split-${split}`)), dirname(folder)];
  const tables = await Promise.all(
    folders.map(async (one) =>
      (await entriesOf(one)).flatMap((entry) =>
        entry.isFile() && entry.name.endsWith(".tsv") ? [join(one, entry.name)] : [],
      ),
    ),
  );
  try {
    const columns = await readColumns([{ cohort: "single", tables: tables.flat() }]);
    return ({ participantId, sessionId }) =>
      columns({ participantId, sessionId, cohort: "single", file: "" });
  } catch {
    return nothing;
  }
}
