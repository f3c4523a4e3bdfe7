/** What Linux, macOS and Windows tell of their processes, from answers recorded of each, on any system. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { processRuns } from "../../../src/files/processRuns";
import { linuxProcesses, parseStat } from "../../../src/maps/units/processes/linuxProcesses";
import { macProcesses, parseLsof, parsePs } from "../../../src/maps/units/processes/macProcesses";
import { bootOf, remembering } from "../../../src/maps/units/processes/processTable";
import type { Query } from "../../../src/maps/units/processes/query";
import { query } from "../../../src/maps/units/processes/query";
import { systemProcesses } from "../../../src/maps/units/processes/systemProcesses";
import {
  parseCim,
  parseCimCommand,
  windowsProcesses,
  wordsOfLine,
} from "../../../src/maps/units/processes/windowsProcesses";

const BOOT = "6f1c0d3e-1f0e-4a43-9a43-4f6b2f9f5a11";
const there = () => true;

describe("Linux", () => {
  const stat = (state: string, group = 4242) =>
    `4242 (a (b) c) ${state} 1 ${group} 4242 0 -1 4194560 1 0 0 0 12 3 0 0 20 0 11 0 987654 1 1 184467\n`;
  const files: Record<string, string> = {
    "sys/kernel/random/boot_id": `${BOOT}\n`,
    "4242/stat": stat("S"),
    "4242/cmdline": "node\0cli.js\0train\0a b.json\0--output\0maps\0",
  };
  const proc = (changes: Record<string, string> = {}) => ({
    text: async (path: string) => {
      const text = { ...files, ...changes }[path];
      if (text === undefined) throw new Error("ENOENT");
      return text;
    },
    link: async () => "/home/me",
    owner: async () => 1000,
  });

  it("tells when a process began, whose it is, and whether it leads its group, though its name holds parentheses", async () => {
    expect(await linuxProcesses(proc()).look(4242)).toEqual({
      start: `${BOOT}/987654`,
      owner: 1000,
      leadsGroup: true,
    });
    expect(await linuxProcesses(proc({ "4242/stat": stat("R", 17) })).look(4242)).toMatchObject({
      leadsGroup: false,
    });
  });

  it("counts a zombie as gone, as one that is not there", async () => {
    expect(parseStat(stat("Z"))).toBeNull();
    expect(await linuxProcesses(proc({ "4242/stat": stat("Z") })).look(4242)).toBe("gone");
    expect(await linuxProcesses(proc(), () => false).look(7)).toBe("gone");
  });

  it("does not take for gone what /proc hides because it is another user's", async () => {
    expect(await linuxProcesses(proc(), there).look(7)).toBe("unknown");
  });

  it("gives the words apart, and the folder", async () => {
    expect(await linuxProcesses(proc()).command(4242)).toEqual({
      words: ["node", "cli.js", "train", "a b.json", "--output", "maps"],
      folder: "/home/me",
    });
    expect(await linuxProcesses(proc()).command(7)).toBeNull();
  });

  it("does not know without /proc", async () => {
    const none = linuxProcesses({ ...proc(), text: () => Promise.reject(new Error("ENOENT")) });
    expect(await none.look(4242)).toBe("unknown");
    expect(await none.boot()).toBeNull();
  });
});

describe("macOS", () => {
  const answers: Record<string, string> = {
    "/usr/sbin/sysctl": `${BOOT}\n`,
    "/bin/ps state": "  501  4242 Ss   Sun Nov  1 09:04:05 2026    \n",
    "/bin/ps command":
      "/usr/local/bin/node /opt/gyrus/dist/cli.js train /Users/me/My Study/x.json --output /Users/me/maps\n",
    "/usr/sbin/lsof": "p4242\nfcwd\nn/Users/me/My Study\n",
  };
  const ask =
    (changes: Record<string, string | null> = {}): Query =>
    async (program, words) => {
      const name =
        program === "/bin/ps" ? `/bin/ps ${words.includes("command=") ? "command" : "state"}` : program;
      const output = { ...answers, ...changes }[name];
      return output == null ? null : { code: output === "" ? 1 : 0, output };
    };

  it("tells when a process began, whose it is, and whether it leads its group", async () => {
    const facts = { start: `${BOOT}/2026-11-01T09:04:05.000Z`, owner: 501, leadsGroup: true };
    expect(await macProcesses(ask(), there).look(4242)).toEqual(facts);
    expect(parsePs(9, BOOT, "    0  4242 S    Mon Nov 23 19:00:00 2026\n")).toMatchObject({
      owner: 0,
      leadsGroup: false,
    });
  });

  it("counts a zombie as gone, as one of which nothing is printed, without asking where there is no such number", async () => {
    expect(await macProcesses(ask({ "/bin/ps state": "" }), there).look(4242)).toBe("gone");
    expect(parsePs(9, BOOT, "  501  9 Z    Mon Nov 23 19:00:00 2026\n")).toBe("gone");
    const unasked = macProcesses(
      () => Promise.reject(new Error("asked")),
      () => false,
    );
    expect(await unasked.look(4242)).toBe("gone");
  });

  it.each([
    ["ps cannot be run", { "/bin/ps state": null }],
    ["ps writes something else", { "/bin/ps state": "ps: illegal option\n" }],
    ["the boot is not told", { "/usr/sbin/sysctl": null }],
  ])("does not know where %s", async (_, changes) => {
    expect(await macProcesses(ask(changes), there).look(4242)).toBe("unknown");
  });

  it("gives the words in one text, and the folder by lsof", async () => {
    expect(await macProcesses(ask(), there).command(4242)).toEqual({
      words: answers["/bin/ps command"]!.trim(),
      folder: "/Users/me/My Study",
    });
    expect(parseLsof("p4242\n")).toBeNull();
    expect(await macProcesses(ask({ "/bin/ps command": "" }), there).command(4242)).toBeNull();
  });
});

describe("Windows", () => {
  const recorded =
    '639000123456789012\r\n"C:\\Program Files\\nodejs\\node.exe" C:\\gyrus\\dist\\cli.js resume "D:\\My Study\\maps"\r\n';
  const windows = (output: string | null) =>
    windowsProcesses(async () => (output === null ? null : { code: 0, output }), there);

  it("tells when a process began, by PowerShell, with its number as the only thing that varies in what it is asked", async () => {
    const asked: (readonly string[])[] = [];
    const table = windowsProcesses(async (program, words) => {
      asked.push([program, ...words]);
      return { code: 0, output: recorded };
    }, there);
    expect(await table.look(4242)).toEqual({
      start: "windows/639000123456789012",
      owner: null,
      leadsGroup: true,
    });
    expect(asked[0]?.[0]).toMatch(/^[A-Z]:\\.*\\System32\\WindowsPowerShell\\v1\.0\\powershell\.exe$/);
    expect(asked[0]?.slice(1, 4)).toEqual(["-NoProfile", "-NonInteractive", "-Command"]);
    expect(asked[0]?.[4]).toContain("-Filter 'ProcessId=4242'");
  });

  it("tells a process that is gone from one of which it gives no answer", async () => {
    expect(await windows("").look(4242)).toBe("gone");
    expect(await windows(null).look(4242)).toBe("unknown");
    expect(parseCim("Get-CimInstance : Access denied")).toBe("unknown");
  });

  it("gives the words, and none of a process of someone else", async () => {
    expect((await windows(recorded).command(4242))?.words).toEqual([
      "C:\\Program Files\\nodejs\\node.exe",
      "C:\\gyrus\\dist\\cli.js",
      "resume",
      "D:\\My Study\\maps",
    ]);
    expect(parseCimCommand("639000123456789012\r\n\r\n")).toBeNull();
  });

  it("takes words apart as Windows does", () => {
    expect(wordsOfLine('a "b c" d\\e "f\\\\" "g\\"h" "" i"j k"l')).toEqual([
      "a",
      "b c",
      "d\\e",
      "f\\",
      'g"h',
      "",
      "ij kl",
    ]);
  });
});

describe("the system at hand", () => {
  it("knows this process, and one that it started, until that has ended", async () => {
    const words = ["-e", "setInterval(() => {}, 1000)", "of its own"];
    const child = spawn(process.execPath, words, { detached: process.platform !== "win32" });
    await once(child, "spawn");
    const [own, other] = await Promise.all([process.pid, child.pid!].map((pid) => systemProcesses.look(pid)));
    expect([typeof own, typeof other]).toEqual(["object", "object"]);
    if (typeof own === "string" || typeof other === "string") return;
    expect(other).toMatchObject({ owner: process.getuid?.() ?? null, leadsGroup: true });
    expect(bootOf(other!.start)).toBe(await systemProcesses.boot());
    await expect.poll(async () => (await systemProcesses.command(child.pid!))?.words).toContain("of its own");
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await systemProcesses.look(child.pid!)).toBe("gone");
    expect(processRuns(child.pid!)).toBe(false);
  });

  it("asks a program without a shell, and bears that there is none", async () => {
    const told = await query(process.execPath, ["-p", "process.argv.slice(1).join()", "$HOME;echo", "`id`"]);
    expect(told).toEqual({ code: 0, output: "$HOME;echo,`id`\n" });
    expect(await query("/no/such/program", [])).toBeNull();
    expect(await query(process.execPath, ["-e", "process.exit(3)"])).toMatchObject({ code: 3 });
  });
});

it("a table that remembers asks for a process once in a while", async () => {
  let [time, asked] = [0, 0];
  const facts = { start: "b/1", owner: 1, leadsGroup: true };
  const look = async () => {
    asked++;
    return facts;
  };
  const table = { boot: async () => "b", command: async () => null, look };
  const known = remembering(table, 100, () => time);
  for (time of [0, 50, 99]) expect(await known.look(7)).toBe(facts);
  expect(asked).toBe(1);
  time = 100;
  await known.look(7);
  await known.look(8);
  expect(asked).toBe(3);
});
