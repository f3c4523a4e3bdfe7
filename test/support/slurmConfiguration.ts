/** What a cluster of a test has, as the files of its configuration say it. */
import { hostname } from "node:os";
import { join } from "node:path";

export interface ClusterWishes {
  /** Beside `main`, which is the default: a name, and what its line says more. */
  readonly partitions?: Readonly<Record<string, string>>;
  /** Two GPUs of the node, neither of which is one. */
  readonly gpus?: boolean;
  /** A folder that the node has on a disk of its own (`TestCluster.otherDisk`), as one that is not shared. */
  readonly otherDisk?: boolean;
  /** Those of the user who runs the tests: every job belongs to one. */
  readonly accounts?: readonly string[];
}

/** SLURM takes for a GPU what is a device, and these are everywhere. */
const DEVICES = ["/dev/null", "/dev/zero"];

export const [HOST = "localhost"] = hostname().split(".");

/**
 * Files by their names. A killed job waits until it is killed for good: seconds here. A partition takes the node from one of a lower tier.
 * @param folder of all files of the cluster
 * @param more lines
 */
export function configurationOf(
  folder: string,
  [controller, node]: readonly [number, number],
  { partitions = {}, gpus = false }: ClusterWishes,
  more: string,
): Readonly<Record<string, string>> {
  const cards = gpus ? DEVICES : [];
  const others = Object.entries(partitions).map(
    ([name, settings]) => `PartitionName=${name} Nodes=${HOST} ${settings}`,
  );
  const slurm = `ClusterName=test
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
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
ReturnToService=2
MpiDefault=none
KillWait=10
GresTypes=gpu
NodeName=${HOST} NodeAddr=127.0.0.1 CPUs=2 RealMemory=8000${gpus ? ` Gres=gpu:${cards.length}` : ""} State=UNKNOWN
PartitionName=main Nodes=${HOST} Default=YES MaxTime=60 PriorityTier=1 State=UP
${others.join("\n")}
${more}`;
  const gres = cards.map((card) => `NodeName=${HOST} Name=gpu File=${card}`);
  return { "slurm.conf": slurm, "gres.conf": `${gres.join("\n")}\n` };
}
