/**
 * What neither the compiler nor the linter asks: that no file stands alone, which would be a thing that was made and entered in
 * no table, that every problem is made, that every key of the experiment file and every option of a command are read somewhere,
 * and that the pages that come from the program are those of this program. `npm run check` calls it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { COMMANDS } from "../src/cli/commandTable";
import { PROBLEMS } from "../src/experiment/problems/table";
import { experimentSchema } from "../src/experiment/schema/schema";
import { WRITTEN_PAGES } from "./writtenPages";

const root = resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(file, "utf8");

function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(resolve(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => resolve(root, folder, name));
}

const sources = ["src", "webview"].flatMap((room) => filesBelow(room, /(?<!\.d)\.ts$/));

/** What a file imports of its own program, types included. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]*)"/g);
  return [...found].map(([, path = ""]) => `${resolve(file, "..", path).replace(/\.ts$/, "")}.ts`);
}

const build = filesBelow("scripts", /\.mjs$/)
  .map(read)
  .join("\n");

/** Whether the build begins with a file: it names it, or it is the `main` of a view. */
function isEntry(file: string): boolean {
  const place = relative(root, file).replaceAll("\\", "/");
  return build.includes(place) || /^webview\/\w+\/main\.ts$/.test(place);
}

const imported = new Set(sources.flatMap(importsOf));
/** Statistics of results: the panel and the report that show them come after them. */
const isAhead = (file: string) =>
  /^src.(statistics.(roc|intervals|tests|regression|calibration|groups)\b|run.figureWords)/.test(
    relative(root, file),
  );
/** The program without the files whose path begins so, as one text. */
const allBut = (place: string) =>
  sources
    .filter((file) => !file.startsWith(resolve(root, place)))
    .map(read)
    .join("\n");

const makers = allBut("src/experiment/problems");
const isMade = (code: string) => makers.includes(`"${code}"`);

const readers = allBut("src/experiment/schema/schema.ts");
/** Keys that are made of the options of losses are read as such. */
const isRead = (key: string) => key.startsWith("loss_") || new RegExp(`\\b${key}\\b`).test(readers);

const terminal = filesBelow("src/cli", /\.ts$/).map(read).join("\n");

/** An option of a command is read as a member, by its name in brackets, or taken apart; the entry of its table does neither. */
function isOptionRead(option: string): boolean {
  const takenApart = `[{,]\\s*"?${option}"?\\s*(,|\\}|:\\s*[a-z]\\w*\\s*[,}])`;
  return new RegExp(`\\.${option}\\b|\\["${option}"\\]|${takenApart}`).test(terminal);
}

const faults = [
  ...sources
    .filter((file) => !imported.has(file) && !isEntry(file) && !isAhead(file))
    .map((file) => `${relative(root, file)}: nothing imports it. Enter it in its table, or delete it.`),
  ...Object.keys(PROBLEMS)
    .filter((code) => !isMade(code))
    .map((code) => `${code}: no file makes this problem. Make it where it arises, or delete it.`),
  ...Object.keys(experimentSchema.shape)
    .filter((key) => !isRead(key))
    .map((key) => `${key}: nothing reads this key of the experiment file. Read it, or delete it.`),
  ...COMMANDS.flatMap(({ name, options }) =>
    Object.keys(options)
      .filter((option) => !isOptionRead(option))
      .map((option) => `gyrus ${name} --${option}: nothing reads this option. Read it, or delete it.`),
  ),
  ...WRITTEN_PAGES.filter(({ file, content }) => read(file) !== content()).map(
    ({ file }) => `${relative(root, file)}: it is not what the program says. Write it with \`npm run docs\`.`,
  ),
];
for (const fault of faults) process.stderr.write(`${fault}\n`);
if (faults.length > 0) process.exitCode = 1;
