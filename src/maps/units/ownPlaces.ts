/** The folder of this user in which trainings of one machine tell of each other, and the looks at it that must not coincide. */
import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { processRuns } from "../../files/processRuns";
import { codeOf } from "../../messages/codeOf";

/** Who this user is, as a number where the system has one. */
const user = process.getuid?.() ?? null;

/**
 * Where the places of this user's trainings stand: among the temporary files, for they tell nothing once the machine was started anew,
 * or where GYRUS_TRAININGS names.
 */
export const workPlacesFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.GYRUS_TRAININGS ?? join(tmpdir(), `gyrus-trainings-${user ?? "user"}`);

/** Anybody could have put a folder, or a link, among the temporary files: only one of this user's own is read and written. */
export function isOwn(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && (user === null || stats.uid === user);
}

/** The files of this machine there. @param ending of their names */
export function filesOfThisMachine(folder: string, ending: string): string[] {
  try {
    if (!isOwn(folder)) return [];
    return readdirSync(folder).filter((name) => name.startsWith(`${hostname()}-`) && name.endsWith(ending));
  } catch {
    return [];
  }
}

/** Writes a file of this user there. @returns whether it stands there now */
export function writeOwn(file: string, text: string): boolean {
  const folder = dirname(file);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!isOwn(folder)) return false;
      writeFileSync(file, text);
      return true;
    } catch (error) {
      if (codeOf(error) !== "ENOENT") return false;
    }
  }
  return false;
}

/** Another may take the empty folder away in the moment between making it and writing into it. */
const ATTEMPTS = 20;

/** Takes the folder away where nothing stands in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Others stand there.
  }
}

const LOOK = ".look";
/** A look takes some milliseconds: one that is older is of a process that hangs, or of a number that is another process by now. */
const LONGEST = 10_000;

/**
 * Looks alone at the places, to take some of those that are free: without it two who look in the same instant would both begin.
 * Each who comes leaves a file of its own first and then looks for those of others: of two at least the second sees the first. Nobody
 * ever takes away the file of another who lives, so what a dead process has left cannot be mistaken for that of its successor.
 * @returns what ends the look; null where another looks, and it is to be tried again
 */
export function lookAlone(folder = workPlacesFolder()): (() => void) | null {
  const name = `${hostname()}-${process.pid}-${Date.now()}-${randomUUID()}${LOOK}`;
  const file = join(folder, name);
  const end = () => rmSync(file, { force: true });
  // Where nothing can be written nobody tells of a training either.
  if (!writeOwn(file, "")) return () => {};
  if (!filesOfThisMachine(folder, LOOK).some((other) => other !== name && goesOn(folder, other))) return end;
  end();
  return null;
}

/** Whether the look goes on that a file tells of; what nobody needs any more is taken away. */
function goesOn(folder: string, name: string): boolean {
  const [pid = "", began = ""] = name.slice(hostname().length + 1).split("-");
  const isYoung = Math.abs(Date.now() - Number(began)) < LONGEST;
  if (isYoung && processRuns(Number(pid))) return true;
  rmSync(join(folder, name), { force: true });
  return false;
}
