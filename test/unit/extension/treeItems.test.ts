import { describe, expect, it } from "vitest";
import { problem } from "../../../src/experiment/problems/makeProblem";
import { givenGroup, givenUnits } from "../../../src/extension/commands/targets";
import type { MapsView } from "../../../src/extension/experiments/mapsView";
import type { MapsNode, Node, SplitNode } from "../../../src/extension/experiments/nodes";
import { mapsTooltip, statusIcon, treeItem } from "../../../src/extension/experiments/treeItems";
import { mapsDescription, valueWords } from "../../../src/extension/experiments/words";
import { mapsPlace } from "../../../src/maps/folder/place";
import type { RunState } from "../../../src/run/state";
import { mapsView } from "../../support/mapsViews";

const item = (given: Partial<MapsView>, waiting: MapsNode["waiting"] = null) =>
  treeItem({ kind: "maps", folder: "/data", view: mapsView(given), waiting });

describe("the row of a MAPS", () => {
  it("says the best balanced accuracy of a finished run", () => {
    expect(item({}).description).toBe("finished · BA 0.813");
  });

  it("says the mean over the splits where there are several, NaN included", () => {
    const split = (number: number, value: number | null) => ({
      split: number,
      metrics: ["BA"],
      inTraining: [],
      networks: [
        {
          network: null,
          epoch: 12,
          end: "completed" as const,
          source: "events" as const,
          best: [{ metric: "BA", value, epoch: 3 }],
        },
      ],
    });
    expect(item({ splits: [split(0, 0.8), split(1, 0.9)] }).description).toBe(
      "finished · BA 0.850 ± 0.071 over 2 splits",
    );
    expect(item({ splits: [split(0, 0.8), split(1, null)] }).description).toBe("finished · BA 0.800");
    expect(item({ splits: [split(0, 0.8), split(1, Number.NaN)] }).description).toBe("finished · BA 0.800");
  });

  it("says epoch and best value of a run that goes on", () => {
    const progress = { split: 0, network: null, epoch: 3 };
    expect(item({ status: "running", progress }).description).toBe("epoch 3/20 · BA 0.813");
  });

  it("says which split and network train where there are several", () => {
    const networks = [0, 1].map(
      (network) => ({ network, epoch: 0, end: null, source: "events", best: [] }) as const,
    );
    const splits = [0, 1].map((split) => ({ split, metrics: [], networks, inTraining: [] }));
    const view = mapsView({
      status: "stopping",
      splits,
      progress: { split: 1, network: 0, epoch: 2 },
    });
    expect(mapsDescription(view)).toBe("stopping · split 1 · network 0 · epoch 2/20");
  });

  it("says where it stands when that is not the workspace folder itself", () => {
    expect(item({ maps: "/data/results/june/maps_a" }).description).toContain("results/june");
  });

  it("is read out with its state", () => {
    expect(item({}).accessibilityInformation?.label).toBe("maps_demo, finished · BA 0.813");
  });

  it.each<[RunState, readonly string[]]>([
    ["running", ["canStop", "canKill"]],
    ["stopping", ["canStop", "canKill"]],
    ["silent", ["canStop", "canKill"]],
    ["finished", []],
    ["stopped", ["canResume"]],
    ["interrupted", ["canResume"]],
    ["failed", ["canResume"]],
    ["queued", []],
    ["cancelled", ["canResume"]],
    ["unread", []],
  ])("offers for a %s one: %j", (status, actions) => {
    expect(item({ status }).contextValue?.split(" ")).toEqual(["maps", "canTrain", ...actions]);
  });

  it("offers no resumption of ClinicaDL's own, nor of one that waits for it already", () => {
    expect(item({ status: "interrupted", own: false }).contextValue).toBe("maps");
    const starting = item({ status: "stopped" }, { kind: "starting", since: 0 });
    expect(starting).toMatchObject({ description: "starting", contextValue: "maps canTrain canCancel" });
  });

  it("says the place of a resumption in the queue, and why it waits", () => {
    const waiting = { kind: "queued", place: 2, shortage: { kind: "turn" } } as const;
    expect(item({ status: "stopped" }, waiting)).toMatchObject({
      description: "waiting in the queue, place 2",
      contextValue: "maps canTrain canCancel canStartNow canMoveUp",
    });
    expect(item({ status: "stopped" }, { ...waiting, place: 1 }).contextValue).toBe(
      "maps canTrain canCancel canStartNow",
    );
    expect(mapsTooltip(mapsView({}), waiting).value).toContain("came before it wait as well");
  });

  it("has a shape of its own for each state", () => {
    const states: RunState[] = [
      "running",
      "stopping",
      "silent",
      "finished",
      "stopped",
      "interrupted",
      "failed",
      "queued",
      "cancelled",
      "unread",
      "unknown",
    ];
    expect(new Set(states.map((state) => statusIcon(state).id)).size).toBe(states.length);
  });
});

describe("the tooltip of a MAPS", () => {
  it("takes names and messages as text, whatever they hold", () => {
    const view = mapsView({
      maps: "/data/maps_</script>*bold*",
      failure: { template: "{message}", values: { message: "[click](command:evil)" } },
    });
    const { value } = mapsTooltip(view);
    expect(value).not.toContain("</script>");
    expect(value).not.toContain("*bold*");
    expect(value).not.toContain("[click]");
  });

  it("lists the best models, and what could not be read", () => {
    const damaged = problem("maps.damaged-record", { file: "run.json", where: "line 3" });
    const { value } = mapsTooltip(mapsView({ problems: [damaged] }));
    expect(value).toContain("| split 0 | BA | 0.813 | 10 |");
    expect(value).toContain("line 3");
  });
});

describe("a value", () => {
  it.each([
    [0.8125, "0.813"],
    [0, "0.000"],
    [1e-5, "1.00e-5"],
    [Number.NaN, "not a number"],
    [null, "not given"],
  ])("%d is shown as %s", (value, text) => {
    expect(valueWords(value)).toBe(text);
  });
});

describe("the rows of splits and networks", () => {
  const networks = [0, 1, 2].map(
    (network) => ({ network, epoch: 0, end: null, source: "events", best: [] }) as const,
  );
  const rowsOf = (inTraining: readonly (number | null)[]) => {
    const view = mapsView({ splits: [{ split: 3, metrics: [], networks, inTraining }] });
    const maps: MapsNode = { kind: "maps", folder: "/data", view, waiting: null };
    const split: SplitNode = { kind: "split", parent: maps, split: view.splits[0]! };
    return [split, ...networks.map((network): Node => ({ kind: "network", parent: split, network }))];
  };
  const tokensOf = (node: Node) => treeItem(node).contextValue;

  it("offer to stop what trains there, and nothing where nobody trains", () => {
    expect(rowsOf([0, 2]).map(tokensOf)).toEqual([
      "split canStop",
      "network canStop",
      "network",
      "network canStop",
    ]);
    expect(rowsOf([]).map(tokensOf)).toEqual(["split", "network", "network", "network"]);
    // The results of a split are a unit of their own.
    expect(rowsOf([null]).map(tokensOf)).toEqual(["split canStop", "network", "network", "network"]);
  });

  it("mean their own units to a command, and no other row does", () => {
    const place = mapsPlace("/data/maps_demo").split(3);
    const [split, first, second] = rowsOf([0, 2]);
    expect(givenUnits([split])).toEqual([place.network(0), place.network(2)]);
    expect(givenUnits([first])).toEqual([place.network(0)]);
    expect(givenUnits([second])).toEqual([]);
    expect(givenUnits([{ kind: "maps", folder: "/data", view: mapsView(), waiting: null }])).toBeUndefined();
    expect(givenUnits(["/data/maps_demo"])).toBeUndefined();
  });
});

it("the row of a data group opens its results", () => {
  const view = mapsView({ groups: ["train", "validation", "test"] });
  const maps: MapsNode = { kind: "maps", folder: "/data", view, waiting: null };
  const group: Node = { kind: "group", parent: { kind: "groups", parent: maps }, group: "test" };
  expect(treeItem(group).command).toMatchObject({ command: "gyrus.showResults", arguments: [group] });
  expect(givenGroup([group])).toBe("test");
  expect(givenGroup([maps])).toBeUndefined();
});

describe("why a training ended", () => {
  it("is said in the language of the reader, and in the words of a trainer that wrote some", () => {
    const { value } = mapsTooltip(mapsView({ end: "stopped", status: "stopped" }));
    expect(value).toContain("Stopped on request.");
    const former = {
      template: "{message}",
      values: { message: "Stopped on request after 3 epochs; it can be resumed." },
    };
    expect(mapsTooltip(mapsView({ end: "stopped", failure: former })).value).toContain("after 3 epochs");
  });
});
