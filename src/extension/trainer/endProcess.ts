/** Ends processes that this window started, or that were proven to be trainers. */
import { spawn } from "node:child_process";
import { ofWindows } from "../../maps/units/processes/windowsProcesses";

/**
 * @param leadsGroup it leads a process group, which is ended as one; on Windows all that it started is ended with it anyway
 * @throws when there is no such process, or it belongs to someone else
 */
export function endProcess(
  pid: number,
  leadsGroup: boolean,
  signal: "SIGKILL" | "SIGTERM" = "SIGKILL",
): void {
  if (process.platform === "win32") {
    const words = ["/pid", String(pid), "/T", "/F"];
    const ending = spawn(ofWindows("taskkill.exe"), words, { stdio: "ignore", windowsHide: true });
    // Where a Windows has no such program the process runs on, as the tree goes on to show.
    ending.once("error", () => {});
    return;
  }
  process.kill(leadsGroup ? -pid : pid, signal);
}
