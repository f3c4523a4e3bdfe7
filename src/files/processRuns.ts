import { codeOf } from "../messages/codeOf";

/** Whether a process of this number runs on this machine, whoever it is by now. */
export function processRuns(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return codeOf(error) === "EPERM";
  }
}
