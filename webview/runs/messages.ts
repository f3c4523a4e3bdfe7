/** Everything that the run table and the editor say to each other. */
import type { RunState } from "../../src/run/state";
import type { Task } from "../../src/statistics/task";
import type { SaveRequest } from "../shared/saveRequest";
import type { Translations } from "../shared/text";

/** What the user keeps of a run. */
export interface ShownNote {
  readonly star?: boolean | undefined;
  readonly note?: string | undefined;
  readonly group?: string | undefined;
  readonly archived?: boolean | undefined;
}

/** JSON has no NaN: null stands for a number that is none, or that nothing tells. */
export type ShownValue = number | null | "undefined";

export interface ShownRun {
  /** Path of the MAPS. */
  readonly maps: string;
  readonly name: string;
  /** Of the MAPS, from the folder of the window; "" in that itself. */
  readonly folder: string;
  readonly status: RunState;
  readonly live: boolean;
  /** At which it is, from 1, while it trains; else how many the longest network has behind it. Null where nothing tells it. */
  readonly epoch: number | null;
  readonly epochs: number | null;
  /** Milliseconds since 1970: last sign of life. */
  readonly changed: number;
  readonly task: Task | null;
  /** By selection metric: what the best models reached on their validation sets, the mean of the splits. */
  readonly best: Readonly<Record<string, ShownValue>>;
  /** Data groups. */
  readonly groups: readonly string[];
  readonly note: ShownNote;
}

/** One key of maps.json of all runs: the texts that it has, and for each run which of them, or -1. */
export interface SettingColumn {
  readonly key: string;
  readonly texts: readonly string[];
  readonly of: readonly number[];
}

export type ToRuns =
  | { readonly kind: "welcome"; readonly texts: Translations }
  /** Runs that are new or have changed, and those that are gone. `searched`: the workspace was looked through. */
  | {
      readonly kind: "runs";
      readonly runs: readonly ShownRun[];
      readonly gone: readonly string[];
      readonly searched: boolean;
    }
  /** Settings of the runs `maps`, in their order: of all of them. */
  | {
      readonly kind: "settings";
      readonly maps: readonly string[];
      readonly columns: readonly SettingColumn[];
    }
  /** What the best models of some runs answered for a data group. */
  | {
      readonly kind: "measures";
      readonly group: string;
      readonly runs: readonly {
        readonly maps: string;
        readonly values: Readonly<Record<string, ShownValue>>;
      }[];
    };

export type FromRuns =
  | { readonly kind: "hello" }
  | { readonly kind: "open"; readonly maps: string }
  | { readonly kind: "compare"; readonly maps: readonly string[] }
  | { readonly kind: "note"; readonly maps: readonly string[]; readonly change: ShownNote }
  | { readonly kind: "rename"; readonly maps: string }
  | { readonly kind: "delete"; readonly maps: readonly string[] }
  | { readonly kind: "restore" }
  /** Columns of a data group are to be shown. */
  | { readonly kind: "group"; readonly group: string }
  | SaveRequest;
