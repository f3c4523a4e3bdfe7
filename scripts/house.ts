/**
 * What neither the compiler nor the linter asks: that no file stands alone, which would be a thing that was made and entered in
 * no table, that every problem, event, state of a run and reason to leave a row out is made, that every key of the experiment file
 * and every option of a command, a layer, a loss and an optimizer are read somewhere, and that the pages that come from the program
 * are those of this program. `npm run check` calls it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { COMMANDS } from "../src/cli/commandTable";
import { PROBLEMS } from "../src/experiment/problems/table";
import { experimentSchema } from "../src/experiment/schema/schema";
import { type Definition, LAYERS } from "../src/network/layer";
import { OPTIMIZERS } from "../src/optimizer/optimizers";
import { EVENT_KINDS } from "../src/run/eventSchema";
import { RUN_STATES } from "../src/run/state";
import { LEFT_OUT_REASONS } from "../src/statistics/dataFlow";
import { VALUE_LOSSES } from "../src/statistics/losses/losses";
import { unread } from "./unread";
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

/** Whether the build begins with a file: it names it, or the view whose `main` it is. */
function isEntry(file: string): boolean {
  const place = relative(root, file).replaceAll("\\", "/");
  const view = /^webview\/(\w+)\/main\.ts$/.exec(place)?.[1];
  return build.includes(place) || (view !== undefined && build.includes(`"${view}"`));
}

const imported = new Set(sources.flatMap(importsOf));
/** The program without the files whose path begins so, as one text. */
const allBut = (place: string) =>
  sources
    .filter((file) => !file.startsWith(resolve(root, place)))
    .map(read)
    .join("\n");

const makers = allBut("src/experiment/problems");
const isMade = (code: string) => makers.includes(`"${code}"`);

const writers = allBut("src/run");
const isWritten = (kind: string) => writers.includes(`kind: "${kind}"`);

const plan = allBut("src/statistics/dataFlow.ts");
const isGiven = (reason: string) => plan.includes(`"${reason}"`);

const program = allBut("webview");
/** A run comes into a state elsewhere than where the states are listed and told apart. */
const isReached = (state: string) => new RegExp(`(?<!case |\\| )"${state}"`).test(program);

const readers = allBut("src/experiment/schema/schema.ts");
/** Keys that are made of the options of losses are read as such. */
const isRead = (key: string) => key.startsWith("loss_") || new RegExp(`\\b${key}\\b`).test(readers);

const terminal = filesBelow("src/cli", /\.ts$/).map(read).join("\n");

/** An option of a command is read as a member, by its name in brackets, or taken apart; the entry of its table does neither. */
function isOptionRead(option: string): boolean {
  const takenApart = `[{,]\\s*"?${option}"?\\s*(,|\\}|:\\s*[a-z]\\w*\\s*[,}])`;
  return new RegExp(`\\.${option}\\b|\\["${option}"\\]|${takenApart}`).test(terminal);
}

/** Where a layer of one's own stands, when only the options that it asks for are wanted. */
const PLACE = { where: "convolutions[0]", input: [2, 8, 8, 8], dropout: 0, answerSize: undefined };

const idle = [
  ...Object.entries<Definition>(LAYERS).map(([kind, { own }]) => ({
    of: `the layer ${kind}`,
    names:
      own === undefined
        ? []
        : unread<Parameters<typeof own.make>[0]>(own.options, (values) => own.make(values, PLACE)),
  })),
  ...Object.entries(VALUE_LOSSES).map(([loss, { options, ofElement }]) => ({
    of: loss,
    names: unread<Parameters<typeof ofElement>[1]>(options, (values) => ofElement(1, values)),
  })),
  ...Object.entries(OPTIMIZERS).map(([optimizer, { hyperparameters, rule }]) => ({
    of: optimizer,
    names: unread<Parameters<typeof rule>[0]>(hyperparameters, rule),
  })),
];

const faults = [
  ...sources
    .filter((file) => !imported.has(file) && !isEntry(file))
    .map((file) => `${relative(root, file)}: nothing imports it. Enter it in its table, or delete it.`),
  ...Object.keys(PROBLEMS)
    .filter((code) => !isMade(code))
    .map((code) => `${code}: no file makes this problem. Make it where it arises, or delete it.`),
  ...[...EVENT_KINDS]
    .filter((kind) => !isWritten(kind))
    .map((kind) => `${kind}: no file writes this event. Write it where it happens, or delete it.`),
  ...RUN_STATES.filter((state) => !isReached(state)).map(
    (state) => `${state}: no run comes into this state. Say when it does, or delete it.`,
  ),
  ...LEFT_OUT_REASONS.filter((reason) => !isGiven(reason)).map(
    (reason) => `${reason}: no row is left out for this reason. Give it where one is, or delete it.`,
  ),
  ...idle.flatMap(({ of, names }) =>
    names.map((name) => `${name} of ${of}: nothing reads this setting. Read it, or delete it.`),
  ),
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
