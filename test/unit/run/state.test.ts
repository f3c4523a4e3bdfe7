import { describe, expect, it } from "vitest";
import type { EndReason } from "../../../src/run/events";
import {
  endedEarly,
  goesOn,
  isLive,
  RUN_STATES,
  type RunSigns,
  type RunState,
  type RunTraces,
  runState,
  SILENCE,
  unendedState,
} from "../../../src/run/state";

const NOW = 1_000_000;
const record: RunSigns = { heartbeat: NOW, end: null };
const ended = (reason: EndReason): RunSigns => ({ heartbeat: NOW, end: { reason } });

describe("runState", () => {
  const nothing: RunTraces = { stopAsked: false, unfinished: false, trained: false, lastEnd: null };
  it.each<[string, RunSigns | null, boolean, Partial<RunTraces>, RunState]>([
    ["a trainer at work", record, true, { unfinished: true }, "running"],
    ["a trainer that was asked to stop", record, true, { stopAsked: true }, "stopping"],
    ["a trainer without a sign", { ...record, heartbeat: NOW - SILENCE - 1 }, true, {}, "silent"],
    ["its last sign just recent enough", { ...record, heartbeat: NOW - SILENCE }, true, {}, "running"],
    [
      "a trainer without a sign that was asked to stop",
      { ...record, heartbeat: 0 },
      true,
      { stopAsked: true },
      "silent",
    ],
    ["a trainer that died", record, false, { unfinished: true }, "interrupted"],
    ["a trainer that died, asked to stop", record, false, { stopAsked: true }, "interrupted"],
    [
      "a trainer that died between splits",
      record,
      false,
      { trained: true, lastEnd: "completed" },
      "interrupted",
    ],
    ["all epochs", ended("completed"), false, { trained: true }, "finished"],
    ["early stopping", ended("early_stopping"), false, { trained: true }, "finished"],
    ["a stop on request", ended("stopped"), false, { unfinished: true }, "stopped"],
    ["a loss that is no number", ended("nan"), false, {}, "failed"],
    ["an error", ended("failed"), false, { unfinished: true }, "failed"],
    ["ClinicaDL, trained", null, false, { trained: true }, "finished"],
    ["ClinicaDL, unfinished", null, false, { trained: true, unfinished: true }, "interrupted"],
    ["ClinicaDL, nothing trained", null, false, {}, "interrupted"],
    ["a lost run.json, stopped", null, false, { unfinished: true, lastEnd: "stopped" }, "stopped"],
    ["a lost run.json, failed", null, false, { unfinished: true, lastEnd: "failed" }, "failed"],
  ])("%s", (_, signs, alive, traces, state) => {
    expect(runState(signs, alive, NOW, { ...nothing, ...traces })).toBe(state);
  });
});

it("tells what goes on from what ended early, and neither from what is finished or not known", () => {
  expect(RUN_STATES.filter(isLive)).toEqual(["running", "stopping", "silent"]);
  expect(RUN_STATES.filter(goesOn)).toEqual(["queued", "running", "stopping", "silent"]);
  expect(RUN_STATES.filter(endedEarly)).toEqual(["stopped", "interrupted", "failed", "cancelled"]);
});

it("takes a network whose log has no end for interrupted once nobody is at work there", () => {
  expect((["running", "stopping", "silent", "failed", "unknown"] as const).map(unendedState)).toEqual([
    "running",
    "stopping",
    "silent",
    "interrupted",
    "interrupted",
  ]);
});
