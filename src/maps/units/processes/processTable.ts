/** What a system tells of its processes. One answer for each system stands beside; tests play all of them on any. */

export interface ProcessFacts {
  /** The boot and the moment in it when the process began, as text: another process of the same number has another. */
  readonly start: string;
  /** User id; null where users have none (Windows). */
  readonly owner: number | null;
  /** Whether it leads a process group, which can be ended as one. */
  readonly leadsGroup: boolean;
}

/** With what a process was started. */
export interface ProcessCommand {
  /** Its words; one text, words joined with blanks, where the system does not keep them apart (macOS). */
  readonly words: readonly string[] | string;
  /** In which relative paths are meant; null where the system does not tell. */
  readonly folder: string | null;
}

export interface ProcessTable {
  /** What the `start` of every process of this boot begins with, before its last slash; null where it cannot be told. */
  boot(): Promise<string | null>;
  /** "unknown" where the system gives no answer. */
  look(pid: number): Promise<ProcessFacts | "gone" | "unknown">;
  /** Null where it is gone, or the system does not tell. */
  command(pid: number): Promise<ProcessCommand | null>;
}

/** The part of a `start` that is the same for all processes of a boot. */
export const bootOf = (start: string): string => start.slice(0, Math.max(0, start.lastIndexOf("/")));

/** A table that asks for a process once in `life` milliseconds: where each question starts a program. */
export function remembering(table: ProcessTable, life: number, now: () => number = Date.now): ProcessTable {
  const looks = new Map<number, { readonly at: number; readonly answer: ReturnType<ProcessTable["look"]> }>();
  let boot: Promise<string | null> | undefined;
  return {
    boot: () => (boot ??= table.boot()),
    command: (pid) => table.command(pid),
    look(pid) {
      for (const [known, { at }] of looks) if (now() - at >= life) looks.delete(known);
      const known = looks.get(pid) ?? { at: now(), answer: table.look(pid) };
      looks.set(pid, known);
      return known.answer;
    },
  };
}
