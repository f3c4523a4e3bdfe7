import { describe, expect, it } from "vitest";
import { type Launch, launchesToStart, restoredTasks } from "../../../src/extension/trainer/launch";

const launch = (maps: string, kind: "queued" | "training" = "queued"): Launch => ({
  task: { kind: "resume", maps },
  state: { kind },
});

describe("the queue of trainings", () => {
  const waiting = [launch("a", "training"), launch("b"), launch("c"), launch("d")];

  it.each([
    [1, 0, []],
    [2, 0, ["b"]],
    [3, 0, ["b", "c"]],
    [3, 1, ["b"]],
    [3, 5, []],
  ])("with room for %i and %i others at work starts %j", (limit, others, started) => {
    expect(launchesToStart(waiting, others, limit).map(({ task }) => task.maps)).toEqual(started);
  });

  it("is read back after a reload, without what makes no sense", () => {
    const kept = [
      { kind: "train", experiment: "/e.json", maps: "/m" },
      { kind: "resume", maps: "/n" },
      { kind: "train", maps: "/o" },
      { kind: "dance", maps: "/p" },
      null,
      7,
    ];
    expect(restoredTasks(kept)).toEqual([
      { kind: "train", experiment: "/e.json", maps: "/m" },
      { kind: "resume", maps: "/n" },
    ]);
    expect(restoredTasks(undefined)).toEqual([]);
  });
});
