/** Every English text that the extension translates: what stands in calls of `l10n.t` and `counted`, and in the tables of the views. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";

export interface LocalisedText {
  readonly text: string;
  readonly file: string;
  /** Whether words in it take the form that goes with a number. */
  readonly counts: boolean;
}

export interface LocalisedTexts {
  readonly texts: readonly LocalisedText[];
  /** Calls whose text is not a plain string: nobody could translate it beforehand. */
  readonly computed: readonly string[];
}

/** The formatter writes plain strings with double quotes. */
const call = /\b(?<by>l10n\.t|counted)\(\s*(?:("(?:[^"\\]|\\.)*")\s*[,)])?/g;

/** Texts of the TypeScript files below `folder`. */
export function localisedTexts(folder: string): LocalisedTexts {
  const texts: LocalisedText[] = [];
  const computed: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const source = readFileSync(join(folder, name), "utf8");
    for (const { 0: found, 2: literal, index, groups } of source.matchAll(call)) {
      if (literal !== undefined)
        texts.push({ text: JSON.parse(literal), file: name, counts: groups?.by === "counted" });
      else computed.push(`${name}: ${source.slice(index, index + found.length + 40)}`);
    }
  }
  return { texts, computed };
}

export interface ViewTexts {
  /** The table, below the folder of the views: "training/strings.ts". */
  readonly file: string;
  readonly texts: readonly string[];
}

const tablesSchema = z.record(z.string(), z.record(z.string(), z.string()));

/** English texts of every `strings.ts` below `folder`. */
export async function viewTexts(folder: string): Promise<readonly ViewTexts[]> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /(^|[\\/])strings\.ts$/.test(name),
  );
  return Promise.all(
    files.map(async (file) => {
      const module: unknown = await import(pathToFileURL(join(folder, file)).href);
      return { file, texts: Object.values(tablesSchema.parse({ ...Object(module) })).flatMap(Object.values) };
    }),
  );
}
