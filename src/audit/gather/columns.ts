/** What the tables and the JSON sidecar of an image say of it besides its label: age, sex, site, scanner. */
import { collect } from "../../data/batches/collect";
import { nearestLabels } from "../../data/plan/rows";
import { isMissing } from "../../data/tables/missing";
import { readTable, type Table } from "../../data/tables/table";
import { isRecord } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { exists } from "../../files/exists";
import { readUtf8 } from "../../files/reader";

type Columns = Readonly<Record<string, string>>;

interface NamedScan {
  readonly participantId: string;
  readonly sessionId: string;
  readonly cohort: string;
  readonly file: string;
}

/**
 * Reads `tables` and the nearest labels.tsv above them. The answer says the columns of a scan: a table has precedence over
 * labels.tsv, and that over the sidecar. Throws an InputError for a table that cannot be read.
 */
export async function readColumns(
  cohorts: readonly { readonly cohort: string; readonly tables: readonly string[] }[],
): Promise<(scan: NamedScan) => Promise<Columns>> {
  const known = new Map<string, Columns>();
  for (const { cohort, tables } of cohorts) {
    for (const table of await withLabels(tables)) {
      for (const { values } of table.rows) {
        const key = keyOf(cohort, values.participant_id, values.session_id);
        known.set(key, { ...present(values), ...known.get(key) });
      }
    }
  }
  return async (scan) => ({
    ...(await sidecarOf(scan.file)),
    ...known.get(keyOf(scan.cohort, scan.participantId, scan.sessionId)),
  });
}

const keyOf = (...names: readonly (string | undefined)[]) => names.join("\t");

async function withLabels(files: readonly string[]): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const file of files) if (await exists(file)) tables.push(await readTable(file));
  // Of all splits of a cross-validation it is the same one, which may be large: one after the other, so that one is held.
  const labels = new Map<string, Table>();
  for (const table of tables) {
    // One that nobody needs may be anything: what it lacks to be a table is no fault of this study.
    const near = await collect([], () => nearestLabels(table));
    if (near !== undefined) labels.set(near.file, near);
  }
  return [...tables, ...labels.values()];
}

const present = (values: Columns): Columns =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        !isMissing(value) && name !== "" && name !== "participant_id" && name !== "session_id",
    ),
  );

/** Texts and numbers of the `.json` beside an image; nothing where there is none, or where it is no object. */
async function sidecarOf(image: string): Promise<Columns> {
  try {
    const json = parseJsonText(await readUtf8(image.replace(/\.(?:nii|img)(\.gz)?$/i, ".json"), "json"));
    if (!isRecord(json)) return {};
    const scalars = Object.entries(json).filter(
      ([, value]) => typeof value === "string" || typeof value === "number",
    );
    return present(Object.fromEntries(scalars.map(([name, value]) => [name, String(value)])));
  } catch {
    return {};
  }
}
