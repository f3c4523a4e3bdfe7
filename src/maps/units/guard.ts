/** One process at a time: for the moment in which a MAPS is made, or a unit of it is taken. */
import { open, rm, stat, utimes } from "node:fs/promises";

/** A guard that was not touched for so long was left behind by a process that died. Milliseconds. */
const GUARD_LIFE = 10_000;
const GUARD_TOUCH = 2_000;
const GUARD_POLL = 50;

/** Runs `action` while no other process is inside it: between reading a record and writing it, nobody else may. */
export async function alone<Result>(guard: string, action: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      await (await open(guard, "wx")).close();
      break;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      await removeIfOld(guard);
      await new Promise((done) => setTimeout(done, GUARD_POLL));
    }
  }
  const touch = setInterval(() => {
    const now = new Date();
    // It is gone with its folder.
    utimes(guard, now, now).catch(() => {});
  }, GUARD_TOUCH);
  touch.unref();
  try {
    return await action();
  } finally {
    clearInterval(touch);
    await rm(guard, { force: true });
  }
}

async function removeIfOld(guard: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(guard);
    if (Date.now() - mtimeMs > GUARD_LIFE) await rm(guard, { force: true });
  } catch {
    // It is gone: the other process is done.
  }
}
