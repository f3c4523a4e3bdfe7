import { describe, expect, it } from "vitest";
import { type Launch, movedUp, needOf, restoredTasks } from "../../../src/extension/trainer/launch";

const launch = (maps: string, kind: "queued" | "training" = "queued"): Launch => ({
  task: { kind: "resume", maps },
  state: kind === "queued" ? { kind, place: 1, shortage: null } : { kind },
});

describe("the queue of trainings", () => {
  const launches = [launch("a"), launch("b", "training"), launch("c"), launch("d")];

  it.each([
    ["d", "abdc"],
    ["c", "cbad"],
    ["a", "abcd"],
    ["b", "abcd"],
    ["none", "abcd"],
  ])("with %s moved up is %s: what trains keeps its row", (maps, order) => {
    expect(
      movedUp(launches, maps)
        .map(({ task }) => task.maps)
        .join(""),
    ).toBe(order);
  });

  it("is read back after a reload, without what makes no sense", () => {
    const need = { threads: 2, card: "" };
    const kept = [
      { kind: "train", experiment: "/e.json", maps: "/m", need },
      { kind: "resume", maps: "/n" },
      { kind: "train", maps: "/o" },
      { kind: "dance", maps: "/p" },
      { kind: "resume", maps: "/q", need: { threads: -1, card: 3 } },
      null,
      7,
    ];
    expect(restoredTasks(kept)).toEqual([
      { kind: "train", experiment: "/e.json", maps: "/m", need },
      { kind: "resume", maps: "/n" },
      { kind: "resume", maps: "/q" },
    ]);
    expect(restoredTasks(undefined)).toEqual([]);
  });

  it("takes what says nothing of its need for one without a card", () => {
    expect(needOf({ kind: "resume", maps: "/m" })).toEqual({ threads: 0, card: null });
  });
});
