import { describe, expect, it } from "vitest";
import { type Limits, type Need, needOf, shortages, withoutOne } from "../../../src/run/trainingQueue";

const GB = 1e9;
const machine: Limits = { trainings: 4, cores: 8, freeMemory: 2 * GB };
const threads = (count: number): Need => ({ threads: count, card: null });
const onCard = (card: string): Need => ({ threads: 1, card });
const words = (short: ReturnType<typeof shortages>) => short.map((one) => one?.kind ?? "begins");

describe("which of the trainings that wait begin", () => {
  it.each<[string, readonly Need[], readonly Need[], Partial<Limits>, number, string]>([
    [
      "the first, and as many as may train at a time",
      [1, 1, 1].map(threads),
      [],
      { trainings: 2 },
      9,
      "begins begins trainings",
    ],
    ["none where as many train as may", [threads(1)], [threads(1)], { trainings: 1 }, 9, "trainings"],
    [
      "none where more train than may",
      [threads(1)],
      [1, 1, 1].map(threads),
      { trainings: 2 },
      9,
      "trainings",
    ],
    ["as many as there are cores for", [4, 4, 1].map(threads), [], {}, 9, "begins begins cores"],
    [
      "what is small does not overtake what waits for cores",
      [6, 1].map(threads),
      [threads(4)],
      {},
      9,
      "cores turn",
    ],
    [
      "without a number of threads each counts for its share",
      [0, 0, 0, 0, 0].map(threads),
      [],
      {},
      9,
      "begins begins begins begins trainings",
    ],
    ["a share beside one that has named more", [threads(0)], [threads(7)], {}, 9, "cores"],
    ["none beside others where little memory is free", [threads(1)], [threads(1)], {}, 1, "memory"],
    ["one alone where little memory is free", [threads(1), threads(1)], [], {}, 1, "begins memory"],
    ["one alone that wants more cores than there are", [threads(64)], [], {}, 9, "begins"],
    ["one on each card", [onCard("0"), onCard("1"), onCard("0")], [], {}, 9, "begins begins card"],
    ["none on the card of another", [onCard("")], [onCard("")], {}, 9, "card"],
    ["one on the processor beside one on a card", [threads(4)], [onCard("")], {}, 9, "begins"],
    ["none where none waits", [], [threads(1)], {}, 9, ""],
  ])("%s", (_, waiting, working, limits, memory, outcome) => {
    expect(words(shortages(waiting, working, { ...machine, ...limits }, memory * GB)).join(" ")).toBe(
      outcome,
    );
  });

  it("need a thread and a card where the engine has one, else their threads", () => {
    expect(needOf({ engine: "onnx", device: "0", threads: 4 })).toEqual({ threads: 4, card: null });
    expect(needOf({ engine: "webgpu", threads: 4 })).toEqual({ threads: 1, card: "" });
    expect(needOf({ engine: "tensorflow", device: "1", threads: 4 })).toEqual({ threads: 1, card: "1" });
  });

  it("count each trainer that has joined one of theirs", () => {
    const [a, b] = [{ maps: "/a" }, { maps: "/b" }];
    expect(withoutOne([a, a, b], new Set(["/a", "/c"]))).toEqual([a, b]);
  });

  it("are told what is short", () => {
    expect(shortages([threads(6)], [threads(4)], machine, 9 * GB)).toEqual([
      { kind: "cores", wanted: 6, free: 4 },
    ]);
    expect(shortages([threads(1)], [threads(12)], machine, 9 * GB)).toEqual([
      { kind: "cores", wanted: 1, free: 0 },
    ]);
    expect(shortages([threads(1)], [threads(1)], machine, GB)).toEqual([
      { kind: "memory", free: GB, wanted: 2 * GB },
    ]);
    expect(shortages([threads(1)], [threads(1)], { ...machine, trainings: 1 }, GB)).toEqual([
      { kind: "trainings", working: 1, limit: 1 },
    ]);
    expect(shortages([onCard("H200")], [onCard("H200")], machine, GB)).toEqual([
      { kind: "card", card: "H200" },
    ]);
  });

  it("come all to their turn, whatever they need, as those before them end", () => {
    const needs = [8, 1, 6, 3, 8, 2].map(threads);
    const waiting = [...needs];
    const working: Need[] = [];
    const begun: Need[] = [];
    for (let rounds = 0; waiting.length > 0 && rounds < 20; rounds++) {
      const short = shortages(waiting, working, machine, 9 * GB);
      const starting = waiting.filter((_, place) => short[place] === null);
      begun.push(...starting);
      working.push(...starting);
      waiting.splice(0, starting.length);
      expect(working.reduce((sum, need) => sum + need.threads, 0)).toBeLessThanOrEqual(machine.cores);
      working.shift();
    }
    expect(begun).toEqual(needs);
  });
});
