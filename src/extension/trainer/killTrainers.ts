/** Ends the trainers of a MAPS without asking them: those that no longer answer. */
import { mapsPlace } from "../../maps/folder/place";
import type { ProcessTable } from "../../maps/units/processes/processTable";
import { readRecords } from "../../maps/units/records";
import { type Doubt, proveTrainer } from "../../maps/units/trainerProof";
import { codeOf } from "../../messages/codeOf";
import { endProcess } from "./endProcess";

export interface SparedTrainer {
  readonly pid: number;
  readonly host: string;
  readonly doubt: Doubt;
}

export interface KillResult {
  readonly killed: readonly number[];
  /** Named by a record as at work, and not proven to be its trainer. */
  readonly spared: readonly SparedTrainer[];
}

export interface KillTools {
  readonly processes?: ProcessTable;
  readonly end?: (pid: number, leadsGroup: boolean) => void;
}

/**
 * Ends each process that the records of `maps` name at this moment and that is proven, at this moment, to be its trainer.
 * @param trusted whether the user trusts what is in the folder; without, nothing is ended
 */
export async function killTrainers(
  maps: string,
  trusted: boolean,
  { processes, end = endProcess }: KillTools = {},
): Promise<KillResult> {
  const named = new Map(
    (await readRecords(mapsPlace(maps).folder))
      .filter(({ record }) => record.end === null)
      .map(({ record }) => [[record.host, record.pid, record.processStart].join("\t"), record]),
  );
  const killed: number[] = [];
  const spared: SparedTrainer[] = [];
  for (const record of trusted ? named.values() : []) {
    const { pid, host } = record;
    const proof = await proveTrainer(record, maps, processes);
    if (!proof.proven) {
      spared.push({ pid, host, doubt: proof.doubt });
      continue;
    }
    try {
      end(pid, proof.leadsGroup);
      killed.push(pid);
    } catch (error) {
      // It has ended since: the others are still to be ended.
      if (codeOf(error) !== "ESRCH") throw error;
      spared.push({ pid, host, doubt: "gone" });
    }
  }
  return { killed, spared };
}
