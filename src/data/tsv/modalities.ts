/** Which sessions have an image of a modality. */
import { join } from "node:path";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { namesIn } from "../../files/reader";
import { mapLimited } from "../batches/collect";
import { missingColumns, readTable } from "../tables/table";
import { keyOf, type Row } from "./sessionKeys";

export type Presence = (row: Row) => boolean;

/**
 * From Clinica's tables `<prefix>_<session_id>.tsv`: participant_id, and 1 or 0 for each modality. Sessions without a table have no
 * image. Throws an InputError when there is no table or none knows the modality.
 */
export async function presenceFromTables(folder: string, modality: string): Promise<Presence> {
  const files = (await namesIn(folder).catch(() => [])).filter((file) => /_ses-[^_]+\.tsv$/.test(file));
  if (files.length === 0) throw refuse("modality.no-tables", { file: folder });
  const present = new Set<string>();
  let known = false;
  for (const file of files) {
    const table = await readTable(join(folder, file));
    const problems = missingColumns(table, ["participant_id"]);
    if (problems.length > 0) throw new InputError(problems);
    const column = table.columns.find((name) => name.toLowerCase() === modality.toLowerCase());
    if (column === undefined) continue;
    known = true;
    const session_id = file.slice(file.lastIndexOf("_") + 1, -".tsv".length);
    for (const { values } of table.rows) {
      const participant_id = values.participant_id ?? "";
      if (Number(values[column]) === 1) present.add(keyOf({ participant_id, session_id }));
    }
  }
  if (!known) throw refuse("modality.no-column", { file: folder }, { modality });
  return (row) => present.has(keyOf(row));
}

/** From the file names of the BIDS: `anat/*_T1w.nii*` for t1w, `pet/*_trc-18FFDG*_pet.nii*` for pet_trc-18FFDG, and so on. */
export async function presenceFromBids(
  bids: string,
  sessions: readonly Row[],
  modality: string,
): Promise<Presence> {
  const [suffix = "", ...entities] = modality.toLowerCase().split("_");
  const folders = MODALITY_FOLDERS[suffix] ?? ["anat", "pet", "dwi", "func"];
  const matches = (file: string) => {
    const name = file.toLowerCase();
    return name.includes(`_${suffix}.nii`) && entities.every((entity) => name.includes(`_${entity}_`));
  };
  const found = await mapLimited(sessions, 32, async (row) => {
    const session = await imageFolder(join(bids, row.participant_id ?? ""), row.session_id ?? "");
    const files = await Promise.all(folders.map((folder) => namesIn(join(session, folder)).catch(() => [])));
    return files.flat().some(matches) ? keyOf(row) : undefined;
  });
  const present = new Set(found);
  return (row) => present.has(keyOf(row));
}

/** Of a person without folders of sessions the images lie beside each other. */
async function imageFolder(person: string, session: string): Promise<string> {
  const names = await namesIn(person).catch(() => []);
  return names.some((name) => name.startsWith("ses-")) ? join(person, session) : person;
}

const MODALITY_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  t1w: ["anat"],
  t2w: ["anat"],
  flair: ["anat"],
  pet: ["pet"],
  dwi: ["dwi"],
  bold: ["func"],
};
