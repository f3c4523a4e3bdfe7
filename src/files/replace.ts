import { rename } from "node:fs/promises";
import { codeOf } from "../messages/codeOf";

/** Renames, in place of a file of that name. Windows refuses in the instant that a reader or a virus scanner has it open. */
export async function replace(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      const busy = BUSY.includes(codeOf(error) ?? "");
      if (process.platform !== "win32" || !busy || attempt === REPLACE_ATTEMPTS) throw error;
      await new Promise((done) => setTimeout(done, REPLACE_PAUSE * attempt));
    }
  }
}

const BUSY = ["EPERM", "EACCES", "EBUSY"];

export const REPLACE_ATTEMPTS = 8;
/** Milliseconds. */
export const REPLACE_PAUSE = 20;
