/** What the records of the units of a MAPS come to together. */
import type { KeptFailure } from "../../experiment/problems/keptProblem";
import type { EndReason } from "../../run/events";
import { foldStates, isLive, type RunState, type RunTraces, runState } from "../../run/state";
import type { RunRecord, UnitRecord } from "./records";

export interface FoldedRecords {
  readonly status: RunState;
  /** Why the unit ended that the status is about, and what failed; null where none has ended. */
  readonly reason: EndReason | null;
  readonly failure: KeptFailure | null;
  /** The processes at work, each once; where there is none, the one that was last. */
  readonly trainers: readonly RunRecord[];
  /** Milliseconds since 1970; 0 without any. */
  readonly lastSign: number;
}

/** @param traces what the MAPS holds besides: it alone tells of one of ClinicaDL, or one that lost its records */
export function foldRecords(records: readonly UnitRecord[], traces: RunTraces, now: number): FoldedRecords {
  if (records.length === 0)
    return {
      status: runState(null, false, now, traces),
      reason: null,
      failure: null,
      trainers: [],
      lastSign: 0,
    };
  const units = records
    .toSorted((a, b) => signOf(a.record) - signOf(b.record))
    .map(({ record, alive, stopAsked }) => ({
      record,
      state: runState(record, alive, now, { ...traces, stopAsked: traces.stopAsked || stopAsked }),
    }));
  const status = foldStates(units.map(({ state }) => state));
  const about = units.findLast(({ state }) => state === status);
  const live = units.filter(({ state }) => isLive(state));
  const shown = live.length > 0 ? live : units.slice(-1);
  const trainers = new Map(shown.map(({ record }) => [`${record.host}\t${record.pid}`, record]));
  return {
    status,
    reason: about?.record.end?.reason ?? null,
    failure: about?.record.end ?? null,
    trainers: [...trainers.values()],
    lastSign: Math.max(...records.map(({ record }) => signOf(record))),
  };
}

const signOf = ({ end, heartbeat }: RunRecord) => end?.time ?? heartbeat;
