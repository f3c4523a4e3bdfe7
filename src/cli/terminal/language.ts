/** In which language a command speaks: English, unless the environment asks for another that Gyrus has. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { unbroken } from "../../experiment/problems/unbroken";
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
  return (template) => unbroken(known[template] ?? template);
}

/** The words of the editor are those of the trainer: they stand in l10n, beside dist/ or src/, which this program is in. */
function bundleOf(language: string): string | null {
  const place = join("l10n", `bundle.l10n.${language}.json`);
  const program = import.meta.url.endsWith(".ts")
    ? dirname(dirname(import.meta.dirname))
    : import.meta.dirname;
  const file = join(dirname(program), place);
  return existsSync(file) ? file : null;
}
