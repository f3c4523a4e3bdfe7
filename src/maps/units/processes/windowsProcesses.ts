/** Processes as Windows tells them, by CIM, which PowerShell asks. */

import { join } from "node:path/win32";
import { processRuns } from "../../../files/processRuns";
import type { ProcessCommand, ProcessFacts, ProcessTable } from "./processTable";
import { type Query, query } from "./query";

/** A program of Windows itself, by its whole path: a name alone would be looked for in the folder at hand first. */
export const ofWindows = (...path: readonly string[]): string =>
  join(process.env.SystemRoot ?? "C:\\Windows", "System32", ...path);

/** The moment at which a process began is of all time here, in steps of a microsecond: it needs no boot. */
const BOOT = "windows";

/** @param there whether there is a process of a number: only then a program is asked */
export function windowsProcesses(ask: Query = query, there = processRuns): ProcessTable {
  const cim = async (pid: number) => {
    const script =
      "[Console]::OutputEncoding = [Text.Encoding]::UTF8; " +
      `$found = Get-CimInstance -ClassName Win32_Process -Filter 'ProcessId=${Math.trunc(pid)}' -ErrorAction Stop; ` +
      "if ($found) { $found.CreationDate.ToUniversalTime().Ticks; $found.CommandLine }";
    const words = ["-NoProfile", "-NonInteractive", "-Command", script];
    const answer = await ask(ofWindows("WindowsPowerShell", "v1.0", "powershell.exe"), words);
    return answer?.code === 0 ? answer.output : null;
  };
  return {
    boot: async () => BOOT,
    async look(pid) {
      if (!there(pid)) return "gone";
      const output = await cim(pid);
      return output === null ? "unknown" : parseCim(output);
    },
    async command(pid) {
      return parseCimCommand((await cim(pid)) ?? "");
    },
  };
}

/** The first line: 100 nanoseconds since the year 1; nothing of a process that is gone. */
export function parseCim(output: string): ProcessFacts | "gone" | "unknown" {
  const [ticks = ""] = output.trim().split(/\r?\n/);
  if (ticks === "") return "gone";
  if (!/^\d{15,20}$/.test(ticks)) return "unknown";
  return { start: `${BOOT}/${ticks}`, owner: null, leadsGroup: true };
}

/** The second line: the command; empty where it belongs to someone else. Windows does not tell the folder. */
export function parseCimCommand(output: string): ProcessCommand | null {
  const [, line = ""] = output.trim().split(/\r?\n/);
  return line.trim() === "" ? null : { words: wordsOfLine(line.trim()), folder: null };
}

/** Letters, escaped quotes and quoted parts without a blank between them. */
const WORD = /(?:\\["\\]|"(?:\\["\\]|[^"])*"?|[^\s"])+/g;

/** The words of a command line, by the rules of CommandLineToArgvW: 2n backslashes before a quote are n, one more escapes it. */
export const wordsOfLine = (line: string): string[] =>
  (line.match(WORD) ?? []).map((word) =>
    word.replace(
      /(\\*)"/g,
      (_, slashes: string) => "\\".repeat(slashes.length / 2) + (slashes.length % 2 === 1 ? '"' : ""),
    ),
  );
