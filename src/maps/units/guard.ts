/** One process at a time: for the moment in which a MAPS is made, or a unit of it is taken. */
import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codeOf } from "../../messages/codeOf";
import { pause, type Waiting } from "./waiting";

/** A guard that was not touched for so long was left behind by a process that died. Milliseconds. */
export const GUARD_LIFE = 10_000;
const GUARD_TOUCH = 2_000;
const GUARD_POLL = 50;
/** A wait that is longer is said. */
const MOMENT = 1_000;

/** How a claim ends (`claimOf`), so that no file of another is taken for one. */
const CLAIMED_IDENTITY = /^\d+-\d+(\.\d+)?$/;

/**
 * Runs `action` while no other process is inside it: between reading a record and writing it, nobody else may.
 * @throws WaitEnded when the signal of `waiting` is aborted before it is inside
 */
export async function alone<Result>(
  guard: string,
  action: () => Promise<Result>,
  waiting: Waiting = {},
): Promise<Result> {
  const file = await enter(guard, waiting);
  // By its handle: a guard that others took for left behind, and replaced, is not kept alive by this process.
  const touching = setInterval(() => void touch(file), GUARD_TOUCH);
  touching.unref();
  try {
    await forgetClaims(guard);
    return await action();
  } finally {
    clearInterval(touching);
    // While it is open, no other file has its inode.
    const [own, there] = [await file.stat(), await stat(guard).catch(() => null)];
    await file.close();
    if (there?.ino === own.ino) await rm(guard, { force: true });
  }
}

/** @returns the guard, open, when it is this process's */
async function enter(guard: string, { signal, onWait }: Waiting): Promise<FileHandle> {
  const watch = new Watch();
  const began = performance.now();
  let said = false;
  for (;;) {
    const file = await createAlone(guard);
    if (file !== null) return file;
    await removeIfOld(guard, watch);
    if (!said && performance.now() - began > MOMENT) {
      said = true;
      const touched = await touchedAt(guard);
      if (touched !== null) onWait?.({ kind: "guard", file: guard, since: touched.time });
    }
    await pause(GUARD_POLL, signal);
  }
}

/** Null where there is such a file already. */
async function createAlone(path: string): Promise<FileHandle | null> {
  try {
    const file = await open(path, "wx");
    // The clock of a network disk may be behind, and who looks compares with his own.
    await touch(file);
    return file;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return null;
    throw error;
  }
}

/** By the clock of this process. A time that cannot be set does no harm but where clocks differ. */
async function touch(file: FileHandle): Promise<void> {
  const now = new Date();
  await file.utimes(now, now).catch(() => {});
}

/** Who held a claim may have died before giving it up. None is needed while this process is inside: those guards are gone. */
async function forgetClaims(guard: string): Promise<void> {
  const folder = dirname(guard);
  const beginning = claimOf(guard, "");
  const claims = (await readdir(folder).catch(() => []))
    .map((name) => join(folder, name))
    .filter((path) => path.startsWith(beginning) && CLAIMED_IDENTITY.test(path.slice(beginning.length)));
  // One that cannot be removed does no harm.
  await Promise.all(claims.map((claim) => rm(claim, { force: true }).catch(() => {})));
}

const claimOf = (guard: string, identity: string) => join(dirname(guard), `${basename(guard)}.${identity}`);

/**
 * Of several that find the same old guard one alone may remove it: who comes later would remove that of the process that has entered
 * by then. So the right to it is a file as well, named for this very guard; what is removed is looked at again under it.
 */
async function removeIfOld(guard: string, watch: Watch): Promise<void> {
  const old = await watch.old(guard);
  if (old === null) return;
  const claim = claimOf(guard, old);
  const claimed = await createAlone(claim);
  if (claimed === null) {
    // Its process died between two lines of this function.
    if ((await watch.old(claim)) !== null) await rm(claim, { force: true });
    return;
  }
  await claimed.close();
  if ((await touchedAt(guard))?.identity === old) await rm(guard, { force: true });
  await rm(claim, { force: true });
}

/** Looks at files again and again, and knows which of them nobody touches any more. */
class Watch {
  readonly #seen = new Map<string, { readonly identity: string; readonly since: number }>();

  /**
   * The identity of a file that was not touched for the life of a guard: by its time, or, where that is of a clock that goes ahead of
   * this one, because it has not changed for so long under the eyes of this process. Null for any other, and where it is gone.
   */
  async old(path: string): Promise<string | null> {
    const touched = await touchedAt(path);
    if (touched === null) return null;
    const { time, identity } = touched;
    const seen = this.#seen.get(path);
    const now = performance.now();
    if (seen?.identity !== identity) this.#seen.set(path, { identity, since: now });
    const unchanged = seen?.identity === identity ? now - seen.since : 0;
    return Math.max(Date.now() - time, unchanged) > GUARD_LIFE ? identity : null;
  }
}

/** When it was touched; null where it is gone, for the other process is done. An inode is used again: its time is not. */
async function touchedAt(path: string): Promise<{ readonly time: number; readonly identity: string } | null> {
  try {
    const { ino, mtimeMs } = await stat(path);
    return { time: mtimeMs, identity: `${ino}-${mtimeMs}` };
  } catch {
    return null;
  }
}
