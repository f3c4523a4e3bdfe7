/** One process at a time: for the moment in which a MAPS is made, or a unit of it is taken. */
import { type FileHandle, open, readdir, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A guard that was not touched for so long was left behind by a process that died. Milliseconds. */
const GUARD_LIFE = 10_000;
const GUARD_TOUCH = 2_000;
const GUARD_POLL = 50;

/** How a claim ends (`claimOf`), so that no file of another is taken for one. */
const CLAIMED_IDENTITY = /^\d+-\d+(\.\d+)?$/;

/** Runs `action` while no other process is inside it: between reading a record and writing it, nobody else may. */
export async function alone<Result>(guard: string, action: () => Promise<Result>): Promise<Result> {
  const file = await enter(guard);
  // By its handle: a guard that others took for left behind, and replaced, is not kept alive by this process.
  const touch = setInterval(() => {
    const now = new Date();
    file.utimes(now, now).catch(() => {});
  }, GUARD_TOUCH);
  touch.unref();
  try {
    await forgetClaims(guard);
    return await action();
  } finally {
    clearInterval(touch);
    // While it is open, no other file has its inode.
    const [own, there] = [await file.stat(), await stat(guard).catch(() => null)];
    await file.close();
    if (there?.ino === own.ino) await rm(guard, { force: true });
  }
}

/** @returns the guard, open, when it is this process's */
async function enter(guard: string): Promise<FileHandle> {
  for (;;) {
    const file = await createAlone(guard);
    if (file !== null) return file;
    await removeIfOld(guard);
    await new Promise((done) => setTimeout(done, GUARD_POLL));
  }
}

/** Null where there is such a file already. */
async function createAlone(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "wx");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return null;
    throw error;
  }
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
async function removeIfOld(guard: string): Promise<void> {
  const old = await ageOf(guard);
  if (old === null || old.age <= GUARD_LIFE) return;
  const claim = claimOf(guard, old.identity);
  const claimed = await createAlone(claim);
  if (claimed === null) {
    // Its process died between two lines of this function.
    const left = await ageOf(claim);
    if (left !== null && left.age > GUARD_LIFE) await rm(claim, { force: true });
    return;
  }
  await claimed.close();
  if ((await ageOf(guard))?.identity === old.identity) await rm(guard, { force: true });
  await rm(claim, { force: true });
}

/** Milliseconds since it was touched; null where it is gone, for the other process is done. An inode is used again: its time is not. */
async function ageOf(path: string): Promise<{ readonly age: number; readonly identity: string } | null> {
  try {
    const { ino, mtimeMs } = await stat(path);
    return { age: Date.now() - mtimeMs, identity: `${ino}-${mtimeMs}` };
  } catch {
    return null;
  }
}
