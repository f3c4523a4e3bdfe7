/** What the scheduler says of this user's jobs: one question for all of them, however many runs are looked at. */
import { userInfo } from "node:os";
import { type RunSlurm, runSlurm } from "./slurm";

/** A task of an array, or a job without one. */
export interface QueueRow {
  /** The number of the array for one of its tasks. */
  readonly job: number;
  readonly task: number | null;
  /** As SLURM calls it: `PENDING`. */
  readonly state: string;
  readonly user: string;
  readonly node: string;
  readonly comment: string;
  /** Why it waits, or ended: `Resources`, `TimeLimit`. */
  readonly reason: string;
}

/** The scheduler serves all users of a cluster: nobody asks it more often. Milliseconds. */
export const ASK_EVERY = 10_000;

const FORMAT = "%F|%K|%T|%u|%N|%k|%r";

/** The jobs of this user, those that ended of late too; null where no scheduler answers. */
export async function askQueue(
  run: RunSlurm = runSlurm,
  user = userInfo().username,
): Promise<QueueRow[] | null> {
  const { code, output } = await run("squeue", [
    "--noheader",
    "--array",
    "--states=all",
    `--user=${user}`,
    `--format=${FORMAT}`,
  ]);
  return code === 0 ? queueRows(output) : null;
}

/** The rows of what `squeue` printed; lines that are none are passed over. */
export function queueRows(output: string): QueueRow[] {
  return output.split("\n").flatMap((line) => {
    const [job, task, state, user, node, comment, ...reason] = line.trim().split("|");
    if (job === undefined || !/^[1-9]\d{0,9}$/.test(job) || task === undefined || comment === undefined)
      return [];
    if (state === undefined || user === undefined || node === undefined) return [];
    return [
      {
        job: Number(job),
        task: /^\d{1,9}$/.test(task) ? Number(task) : null,
        state,
        user,
        node,
        comment,
        reason: reason.join("|").replace(/^None$/, ""),
      },
    ];
  });
}

/** Asks at most once in `ASK_EVERY`, and gives the last answer meanwhile, also to several who ask at once. */
export class Queue {
  readonly #run: RunSlurm;
  readonly #now: () => number;
  #asked = Number.NEGATIVE_INFINITY;
  #answer: Promise<QueueRow[] | null> = Promise.resolve(null);

  constructor(run: RunSlurm = runSlurm, now: () => number = () => performance.now()) {
    this.#run = run;
    this.#now = now;
  }

  rows(): Promise<QueueRow[] | null> {
    const now = this.#now();
    if (now - this.#asked >= ASK_EVERY) {
      this.#asked = now;
      this.#answer = askQueue(this.#run);
    }
    return this.#answer;
  }
}
