/**
 * A real SLURM of one node: its daemons from the system's packages (`slurm-wlm munge`), on ports and in a folder of their own. It needs
 * root and those programs; without, the tests are skipped, with a line that says why.
 */
import { execFile, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, vi } from "vitest";
import { ACCOUNT_PROCESSES, accountsAreThere, startAccounts, withAccounts } from "./slurmAccounts";
import { type ClusterWishes, configurationOf, HOST } from "./slurmConfiguration";

const PROGRAMS = ["slurmctld", "slurmd", "munged"] as const;
const run = promisify(execFile);

export const WITHOUT_SLURM =
  "No cluster to test on: that needs root and the programs slurmctld, slurmd and munged (Debian: apt-get install slurm-wlm munge).";

/** Tests on a cluster of their own, which starts before the first of them and ends after the last. Skipped where none can be started. */
export function onCluster(
  name: string,
  tests: (cluster: TestCluster) => void,
  wishes: ClusterWishes = {},
): void {
  const { accounts } = wishes;
  const canBe = slurmIsThere() && (accounts === undefined || accountsAreThere());
  describe.skipIf(!canBe)(name, () => {
    const cluster = new TestCluster(wishes);
    beforeAll(() => cluster.start());
    afterAll(() => cluster.stop());
    tests(cluster);
  });
}

/** Whether a cluster can be started here. Where it cannot, says so. */
function slurmIsThere(): boolean {
  const there = process.getuid?.() === 0 && PROGRAMS.every((name) => placeOf(name) !== null);
  if (!there) process.stderr.write(`${WITHOUT_SLURM}\n`);
  return there;
}

/** Whether a node can have a disk of its own here: not in every container. */
export function disksCanBeHidden(): boolean {
  const { status } = spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", tmpdir()]);
  if (status !== 0) process.stderr.write("No node can have a disk of its own here: unshare may not mount.\n");
  return status === 0;
}

const placeOf = (name: string): string | null =>
  ["/usr/sbin", "/usr/bin", "/sbin", "/usr/local/sbin"]
    .map((folder) => join(folder, name))
    .find(existsSync) ?? null;

export class TestCluster {
  readonly #wishes: ClusterWishes;
  #folder = "";

  constructor(wishes: ClusterWishes) {
    this.#wishes = wishes;
  }

  /** Starts the daemons, sets SLURM_CONF for this process, and waits until the node is idle. */
  async start(): Promise<void> {
    // Not below a folder that others may write to as they like: munged refuses that.
    this.#folder = mkdtempSync(join(tmpdir(), "gyrus-slurm-"));
    const folder = this.#folder;
    chmodSync(folder, 0o755);
    for (const name of ["state", "spool", "munge", OTHER_DISK])
      mkdirSync(join(folder, name), { mode: 0o755 });
    writeFileSync(join(folder, "munge", "key"), randomBytes(128), { mode: 0o600 });
    const [controller, node, accountDaemon, dataBase] = await freePorts();
    const ports = { daemon: accountDaemon, dataBase };
    const { accounts } = this.#wishes;
    const more = accounts === undefined ? "" : withAccounts(folder, ports);
    const files = configurationOf(folder, [controller, node], this.#wishes, more);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    process.env.SLURM_CONF = join(folder, "slurm.conf");
    const munge = join(folder, "munge");
    await daemon("munged", [
      "--force",
      `--socket=${join(munge, "socket")}`,
      `--key-file=${join(munge, "key")}`,
      `--pid-file=${join(munge, "pid")}`,
      `--seed-file=${join(munge, "seed")}`,
      `--log-file=${join(munge, "log")}`,
    ]);
    if (accounts !== undefined)
      await startAccounts(folder, ports, accounts, (program, words) => this.command(program, words));
    await daemon("slurmctld", ["-f", join(folder, "slurm.conf")]);
    const hidden = this.#wishes.otherDisk === true ? this.otherDisk : undefined;
    await daemon("slurmd", ["-f", join(folder, "slurm.conf")], hidden);
    await vi.waitFor(async () => {
      const states = await this.command("sinfo", ["-h", "-o", "%T"]);
      if (!/^(?:idle\s*)+$/.test(states)) throw new Error(`the node is ${states}`);
    }, WAIT);
  }

  /** Ends the daemons, by the numbers that they wrote, and removes their folder. */
  async stop(): Promise<void> {
    await this.command("scancel", ["--user=root"]).catch(() => {});
    await vi
      .waitFor(async () => {
        if ((await this.command("squeue", ["-h"])).trim() !== "") throw new Error("jobs are left");
      }, WAIT)
      .catch(() => {});
    for (const file of ["slurmd.pid", "slurmctld.pid", ...ACCOUNT_PROCESSES, "munge/pid"]) {
      const path = join(this.#folder, file);
      const pid = existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
      if (pid <= 1) continue;
      process.kill(pid, "SIGTERM");
      await vi.waitFor(() => {
        if (runs(pid)) throw new Error("it still runs");
      }, WAIT);
    }
    delete process.env.SLURM_CONF;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What a program of SLURM prints. */
  async command(program: string, words: readonly string[]): Promise<string> {
    return (await run(program, [...words], { env: environment() })).stdout;
  }

  /** Waits until no job is in the queue. Who was given back to it starts again at once. */
  async idle(): Promise<void> {
    await vi.waitFor(async () => {
      await this.#startRequeued();
      const left = (await this.command("squeue", ["-h"])).trim();
      if (left !== "") throw new Error(`in the queue:\n${left}`);
    }, WAIT);
  }

  /** SLURM lets a job that was given back wait for two minutes, whatever the life of a credential. */
  async #startRequeued(): Promise<void> {
    const waiting = await this.command("squeue", ["-h", "--states=PENDING", "--format=%i|%r"]);
    for (const line of waiting.split("\n")) {
      const [job = "", reason] = line.split("|");
      // One that has begun in the meantime has no time to start.
      if (reason === "BeginTime")
        await this.command("scontrol", ["update", `JobId=${job}`, "StartTime=now"]).catch(() => {});
    }
  }

  /** Where the node sees nothing of what is written here. */
  get otherDisk(): string {
    return join(this.#folder, OTHER_DISK);
  }

  get node(): string {
    return HOST;
  }
}

const OTHER_DISK = "other-disk";

const environment = (): NodeJS.ProcessEnv => ({ ...process.env, LC_ALL: "C" });

/** @param hidden a folder that it does not see: for it an empty disk stands there */
async function daemon(
  program: (typeof PROGRAMS)[number],
  words: readonly string[],
  hidden?: string,
): Promise<void> {
  const place = placeOf(program) ?? program;
  const mounting = 'mount -t tmpfs none "$0" && exec "$@"';
  const [started, ...given] =
    hidden === undefined
      ? [place, ...words]
      : ["unshare", "--mount", "sh", "-c", mounting, hidden, place, ...words];
  const child = spawn(started ?? place, given, { stdio: "ignore", env: environment() });
  await new Promise<void>((done, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => (code === 0 ? done() : failed(new Error(`${program} ended with ${code}`))));
  });
}

/** A limit against hanging only. */
const WAIT = { timeout: 300_000, interval: 200 };

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePorts(): Promise<[number, number, number, number]> {
  const servers = Array.from({ length: 4 }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (address !== null && typeof address === "object") ports.push(address.port);
  }
  for (const server of servers) await new Promise((done) => server.close(done));
  const [controller = 0, node = 0, accountDaemon = 0, dataBase = 0] = ports;
  return [controller, node, accountDaemon, dataBase];
}
