/** How a command ends, for shells and for the editor. */
export const EXIT = { done: 0, failed: 1, badInput: 2, stopped: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
