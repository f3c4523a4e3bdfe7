/**
 * A real SLURM of one node: its daemons from the system's packages (`slurm-wlm munge`), on ports and in a folder of their own. It needs
 * root and those programs; without, `slurm()` is null, and says so once.
 */
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { vi } from "vitest";

const PROGRAMS = ["slurmctld", "slurmd", "munged"] as const;
const run = promisify(execFile);

export const WITHOUT_SLURM =
  "No cluster to test on: that needs root and the programs slurmctld, slurmd and munged (Debian: apt-get install slurm-wlm munge).";

/** Whether a cluster can be started here. Where it cannot, says so. */
export function slurmIsThere(): boolean {
  const there = process.getuid?.() === 0 && PROGRAMS.every((name) => placeOf(name) !== null);
  if (!there) process.stderr.write(`${WITHOUT_SLURM}\n`);
  return there;
}

const placeOf = (name: string): string | null =>
  ["/usr/sbin", "/usr/bin", "/sbin", "/usr/local/sbin"]
    .map((folder) => join(folder, name))
    .find(existsSync) ?? null;

export class TestCluster {
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#environment = { ...process.env, SLURM_CONF: join(folder, "slurm.conf"), LC_ALL: "C" };
  }

  /** Starts the daemons, sets SLURM_CONF for this process, and waits until the node is idle. */
  static async start(): Promise<TestCluster> {
    // Not below a folder that others may write to as they like: munged refuses that.
    const folder = mkdtempSync(join(tmpdir(), "gyrus-slurm-"));
    chmodSync(folder, 0o755);
    for (const name of ["state", "spool", "munge"]) mkdirSync(join(folder, name), { mode: 0o755 });
    const [controller, node] = await freePorts();
    writeFileSync(join(folder, "munge", "key"), randomBytes(128), { mode: 0o600 });
    writeFileSync(join(folder, "slurm.conf"), configuration(folder, controller, node));
    const cluster = new TestCluster(folder);
    process.env.SLURM_CONF = join(folder, "slurm.conf");
    const munge = join(folder, "munge");
    await cluster.#daemon("munged", [
      "--force",
      `--socket=${join(munge, "socket")}`,
      `--key-file=${join(munge, "key")}`,
      `--pid-file=${join(munge, "pid")}`,
      `--seed-file=${join(munge, "seed")}`,
      `--log-file=${join(munge, "log")}`,
    ]);
    await cluster.#daemon("slurmctld", ["-f", join(folder, "slurm.conf")]);
    await cluster.#daemon("slurmd", ["-f", join(folder, "slurm.conf")]);
    await vi.waitFor(async () => {
      const { stdout } = await run("sinfo", ["-h", "-o", "%T"], { env: cluster.#environment });
      if (stdout.trim() !== "idle") throw new Error(`the node is ${stdout}`);
    }, WAIT);
    return cluster;
  }

  /** Ends the daemons, by the numbers that they wrote, and removes their folder. */
  async stop(): Promise<void> {
    await this.command("scancel", ["--user=root"]).catch(() => {});
    await vi
      .waitFor(async () => {
        if ((await this.command("squeue", ["-h"])).trim() !== "") throw new Error("jobs are left");
      }, WAIT)
      .catch(() => {});
    for (const file of ["slurmd.pid", "slurmctld.pid", "munge/pid"]) {
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
    return (await run(program, [...words], { env: this.#environment })).stdout;
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

  get node(): string {
    return HOST;
  }

  async #daemon(program: (typeof PROGRAMS)[number], words: readonly string[]): Promise<void> {
    const child = spawn(placeOf(program) ?? program, [...words], { stdio: "ignore", env: this.#environment });
    await new Promise<void>((done, failed) => {
      child.on("error", failed);
      child.on("exit", (code) => (code === 0 ? done() : failed(new Error(`${program} ended with ${code}`))));
    });
  }
}

const [HOST = "localhost"] = hostname().split(".");

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

async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    if (address !== null && typeof address === "object") ports.push(address.port);
  }
  for (const server of servers) await new Promise((done) => server.close(done));
  return [ports[0] ?? 0, ports[1] ?? 0];
}

/** A killed job waits until it is killed for good: seconds here. */
function configuration(folder: string, controller: number, node: number): string {
  return `ClusterName=test
SlurmctldHost=${HOST}(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=${join(folder, "munge", "socket")}
SlurmctldPort=${controller}
SlurmdPort=${node}
StateSaveLocation=${join(folder, "state")}
SlurmdSpoolDir=${join(folder, "spool")}
SlurmctldPidFile=${join(folder, "slurmctld.pid")}
SlurmdPidFile=${join(folder, "slurmd.pid")}
SlurmctldLogFile=${join(folder, "slurmctld.log")}
SlurmdLogFile=${join(folder, "slurmd.log")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
ReturnToService=2
MpiDefault=none
KillWait=10
NodeName=${HOST} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000 State=UNKNOWN
PartitionName=main Nodes=${HOST} Default=YES MaxTime=60 State=UP
`;
}
