/** In which language a command speaks: English, unless the environment asks for another that Gyrus has. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { inEnglish, type Translate } from "../../experiment/problems/words";

/** Set by the editor, or in a shell: `fr`, `fr-CA`. */
const LANGUAGE_VARIABLE = "GYRUS_LANGUAGE";

const words = z.record(z.string(), z.string());

/** By GYRUS_LANGUAGE. What a language lacks is said in English. */
export function translatorOf(environment: NodeJS.ProcessEnv): Translate {
  const [language = ""] = (environment[LANGUAGE_VARIABLE] ?? "").toLowerCase().split(/[-_.]/);
  // It becomes part of a file name.
  const file = /^[a-z]{2,3}$/.test(language) ? bundleOf(language) : null;
  if (file === null) return inEnglish;
  const known = words.parse(JSON.parse(readFileSync(file, "utf8")));
  return (template) => known[template] ?? template;
}

/** The words of the editor are those of the trainer: they stand in l10n, beside the folder that this program is in. */
function bundleOf(language: string): string | null {
  const place = join("l10n", `bundle.l10n.${language}.json`);
  const above = dirname(import.meta.dirname);
  return [above, dirname(above)].map((folder) => join(folder, place)).find(existsSync) ?? null;
}
