/**
 * Whether the process that a record names is the trainer of the MAPS in which the record stands. A record is a file, which anybody may
 * have written who may write there: before a process is ended because of it, the system must say the same.
 */
import { realpath } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, isAbsolute, resolve, sep } from "node:path";
import type { ProcessCommand, ProcessTable } from "./processes/processTable";
import { systemProcesses } from "./processes/systemProcesses";
import type { RunRecord } from "./records";

export type TrainerProof =
  /** `leadsGroup`: it can be ended with all that it started. */
  { readonly proven: true; readonly leadsGroup: boolean } | { readonly proven: false; readonly doubt: Doubt };

export type Doubt =
  /** It trains on another machine. */
  | "elsewhere"
  /** The record names no process that could be a trainer, or does not say when it started. */
  | "record"
  /** There is no such process. */
  | "gone"
  /** A process has that number that started at another time, belongs to someone else, or is no trainer of this MAPS. */
  | "other"
  /** The system does not tell enough to know. */
  | "unknown";

const doubtful = (doubt: Doubt): TrainerProof => ({ proven: false, doubt });

/** To be asked just before the process is ended. @param maps absolute */
export async function proveTrainer(
  { pid, host, processStart }: Pick<RunRecord, "pid" | "host" | "processStart">,
  maps: string,
  processes: ProcessTable = systemProcesses,
): Promise<TrainerProof> {
  if (host !== hostname()) return doubtful("elsewhere");
  // The first process holds up a system or a container; no number above is that of a process anywhere.
  if (!Number.isInteger(pid) || pid <= 1 || pid > 0xffff_ffff || pid === process.pid || processStart === null)
    return doubtful("record");
  const command = await processes.command(pid);
  // Asked after the command: of the process that has this start, the command was just read.
  const facts = await processes.look(pid);
  if (facts === "gone" || facts === "unknown") return doubtful(facts);
  if (facts.start !== processStart || facts.owner !== (process.getuid?.() ?? null)) return doubtful("other");
  if (command === null) return doubtful("unknown");
  return (await trains(command, maps))
    ? { proven: true, leadsGroup: facts.leadsGroup }
    : doubtful(command.folder === null ? "unknown" : "other");
}

/** What the program of Gyrus is called: its file, and the name that npm gives to it. */
const PROGRAMS: readonly (string | undefined)[] = ["cli.js", "gyrus"];
const COMMANDS: readonly (string | undefined)[] = ["train", "resume", "demo"];

/** Whether these words call Gyrus to train in `maps`. */
async function trains({ words, folder }: ProcessCommand, maps: string): Promise<boolean> {
  if (typeof words === "string") return trainsInText(words, folder, maps);
  const program = words.findIndex((word, index) => isProgram(word) && COMMANDS.includes(words[index + 1]));
  if (program === -1) return false;
  const place = await realPath(maps);
  for (const word of words.slice(program + 2)) {
    const path = word.replace(/^--output=/, "");
    if (!isAbsolute(path) && folder === null) continue;
    const named = await realPath(folder === null ? path : resolve(folder, path));
    // The demo trains below the folder that it is given.
    if (named === place || (words[program + 1] === "demo" && place.startsWith(named + sep))) return true;
  }
  return false;
}

const isProgram = (word: string) => PROGRAMS.includes(basename(word.replaceAll("\\", "/")));

const realPath = (path: string) => realpath(path).catch(() => path);

/** Where blanks stand between and within words: the name of the program, its command, and the folder must stand in this order. */
function trainsInText(text: string, folder: string | null, maps: string): boolean {
  const called = /(?:^|[\s/])(?:cli\.js|gyrus) (train|resume|demo) (.*)$/s.exec(text);
  const given = ` ${called?.[2] ?? ""} `;
  const paths = [maps];
  if (folder !== null && maps.startsWith(`${folder}/`)) {
    const below = maps.slice(folder.length + 1);
    paths.push(below, `./${below}`);
  }
  return paths.some((path) =>
    ["", "/"].some((end) => given.replace("--output=", "--output ").includes(` ${path}${end} `)),
  );
}
