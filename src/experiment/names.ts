/**
 * Which ids and names may become names of files and folders. They stand in tables, in a MAPS, in options and input boxes, and a path is
 * made of them: one that holds a path itself would lead elsewhere. What is refused here for writing may still be read where it stands.
 */

import { phrase } from "./problems/phrases";
import type { Phrase } from "./problems/words";

/**
 * A participant or a session: BIDS has letters and digits after `sub-` and `ses-`; ClinicaDL and Clinica also take ids with `_`, `-`, `.`
 * and `+`, and ids whose prefix a spreadsheet has lost, of which the lookup tells more. Never a path: no slash, no colon, no `..`.
 */
const ID = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_.+ -]*$/u;

/** Most letters of an id: with the rest of a name of BIDS it stays below the 255 bytes that a file name may have. */
const LONGEST_ID = 100;

/** Whether `id` names one folder, and nothing else. */
export const isId = (id: string): boolean =>
  ID.test(id) && id.length <= LONGEST_ID && !id.endsWith(".") && !id.endsWith(" ");

/** Names of devices in every folder of Windows, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?$/i;

/** What stands for a path, a pattern or a stream in one of the three systems, and what no one can see. */
const CHARACTER = /[\\/:*?"<>|\p{C}\p{Zl}\p{Zp}]/u;

/** Bytes: `<group>_image_level_prediction.tsv` and the temporary name beside it take the rest of 255. */
const LONGEST_NAME = 120;

/**
 * Why `name` cannot be that of a data group, an explanation, a set or an experiment on Linux, macOS and Windows; null where it can.
 * @param present names that stand beside it: one that differs by case, or by how an accent is encoded, is the same folder on many disks.
 *   Where the name itself is there, so are they on this disk.
 */
export function nameFault(name: string, present: readonly string[] = []): Phrase | null {
  if (name.trim() === "") return phrase("name-empty");
  if (CHARACTER.test(name)) return phrase("name-character");
  if (name.startsWith(".")) return phrase("name-hidden");
  if (name.startsWith(" ") || name.endsWith(" ") || name.endsWith(".")) return phrase("name-end");
  if (DEVICE.test(name)) return phrase("name-device");
  if (new TextEncoder().encode(name).length > LONGEST_NAME)
    return phrase("name-long", { most: LONGEST_NAME });
  if (present.includes(name)) return null;
  const twin = present.find((other) => plain(other) === plain(name));
  return twin === undefined ? null : phrase("name-twin", { other: twin });
}

const plain = (name: string) => name.normalize("NFC").toLowerCase();
