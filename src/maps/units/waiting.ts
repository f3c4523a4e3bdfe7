/** Waiting for other processes: said, and ended at once by who asks to stop. */
import { setTimeout as sleep } from "node:timers/promises";

/** What another process is waited for. */
export type Awaited =
  /** It is inside the guard, or died there: `since` is when its file was touched last. */
  | { readonly kind: "guard"; readonly file: string; readonly since: number }
  /** Nobody can say whether it runs: its next sign of life tells, or that none comes until so many milliseconds have passed. */
  | {
      readonly kind: "sign";
      readonly pid: number;
      readonly host: string;
      readonly since: number;
      readonly most: number;
    };

export interface Waiting {
  /** Aborted: nothing is waited for any more. */
  readonly signal?: AbortSignal | undefined;
  /** Told once of each wait that takes longer than a moment. */
  readonly onWait?: ((awaited: Awaited) => void) | undefined;
}

/** A wait that was ended by who asked to stop. */
export class WaitEnded extends Error {
  override readonly name = "WaitEnded";
}

/** @throws WaitEnded when `signal` is aborted, at once */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(milliseconds, undefined, { ...(signal && { signal }) }).catch(() => {
    throw new WaitEnded("stopped while it waited");
  });
}
