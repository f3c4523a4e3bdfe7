/**
 * The accounts of a cluster of a test: SLURM's daemon for them and its data base, in the folder of the cluster. They need the programs
 * slurmdbd and mariadbd (Debian: `slurmdbd mariadb-server-core`).
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { vi } from "vitest";
import { HOST } from "./slurmConfiguration";

const DATA_BASE = "/usr/sbin/mariadbd";
const DAEMON = "/usr/sbin/slurmdbd";
/** The tables of a data base's own, a part of its package. */
const SYSTEM_TABLES = "/usr/share/mysql/mysql_system_tables.sql";

export const WITHOUT_ACCOUNTS =
  "No cluster with accounts to test on: that needs slurmdbd and mariadbd (Debian: apt-get install slurmdbd mariadb-server-core).";

/** Whether a cluster can have accounts here. Where it cannot, says so. */
export function accountsAreThere(): boolean {
  const there = [DATA_BASE, DAEMON, SYSTEM_TABLES].every((path) => existsSync(path));
  if (!there) process.stderr.write(`${WITHOUT_ACCOUNTS}\n`);
  return there;
}

export interface AccountPorts {
  readonly daemon: number;
  readonly dataBase: number;
}

/** @param command runs a program of SLURM */
export async function startAccounts(
  folder: string,
  { daemon, dataBase }: AccountPorts,
  accounts: readonly string[],
  command: (program: string, words: readonly string[]) => Promise<string>,
): Promise<void> {
  const data = join(folder, "accounts");
  mkdirSync(data);
  const words = ["--no-defaults", `--datadir=${data}`, "--user=root", "--innodb-buffer-pool-size=32M"];
  const making = spawn(DATA_BASE, [...words, "--bootstrap"], { stdio: ["pipe", "ignore", "ignore"] });
  making.stdin?.end(`create database mysql;\nuse mysql;\n${readFileSync(SYSTEM_TABLES, "utf8")}`);
  await ended(making, "mariadbd --bootstrap");
  // Without users of its own: it is heard on this machine alone, and holds nothing of anybody.
  const open = ["--skip-grant-tables", "--bind-address=127.0.0.1", `--port=${dataBase}`];
  const files = [`--socket=${join(folder, "accounts.socket")}`, `--pid-file=${join(folder, "accounts.pid")}`];
  spawn(DATA_BASE, [...words, ...open, ...files], { stdio: "ignore" });
  await vi.waitFor(() => heard(dataBase), WAIT);
  writeFileSync(join(folder, "slurmdbd.conf"), configuration(folder, daemon, dataBase), { mode: 0o600 });
  await ended(spawn(DAEMON, [], { stdio: "ignore" }), "slurmdbd");
  await vi.waitFor(() => command("sacctmgr", ["--noheader", "list", "cluster"]), WAIT);
  await command("sacctmgr", ["--immediate", "add", "cluster", "test"]);
  for (const account of accounts) {
    await command("sacctmgr", ["--immediate", "add", "account", account, "cluster=test"]);
    await command("sacctmgr", ["--immediate", "add", "user", "root", `account=${account}`, "cluster=test"]);
  }
}

/** Files with the numbers of its processes, in the order in which they end. */
export const ACCOUNT_PROCESSES = ["slurmdbd.pid", "accounts.pid"];

/** Lines of slurm.conf by which jobs belong to accounts. */
export const withAccounts = (folder: string, { daemon }: AccountPorts): string =>
  `AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=${daemon}
AccountingStoragePass=${join(folder, "munge", "socket")}
AccountingStorageEnforce=associations
`;

/** A limit against hanging only. */
const WAIT = { timeout: 300_000, interval: 200 };

const configuration = (folder: string, daemon: number, dataBase: number): string =>
  `AuthType=auth/munge
AuthInfo=socket=${join(folder, "munge", "socket")}
DbdHost=${HOST}
DbdAddr=127.0.0.1
DbdPort=${daemon}
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=${dataBase}
StorageUser=root
StorageLoc=slurm
PidFile=${join(folder, "slurmdbd.pid")}
LogFile=${join(folder, "slurmdbd.log")}
`;

async function ended(child: ChildProcess, name: string): Promise<void> {
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${name} ended with ${code}`);
}

async function heard(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
  } finally {
    socket.destroy();
  }
}
