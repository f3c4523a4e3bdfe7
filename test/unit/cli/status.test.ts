import { expect, it } from "vitest";
import { writePrediction } from "../../../src/cluster/predictions";
import { mapsPlace } from "../../../src/maps/folder/place";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";

it("gyrus status folds the states of predictions into one where no training was submitted", async () => {
  const maps = temporaryFolder();
  const submit = (group: string, given: { joined: boolean; cancelled?: number }) =>
    writePrediction(mapsPlace(maps).predictionJobs(group), {
      ...{ id: `gyrus-${"a".repeat(32)}`, user: "somebody", host: "login", submitted: 1 },
      ...{ jobs: { array: 21, join: 22 }, key: "0".repeat(64), parts: 2, engine: "onnx", threads: 1 },
      ...given,
    });
  const told = async () => {
    const { exit, printed } = await gyrus("status", maps, "--json");
    expect(exit).toBe(EXIT.done);
    const { state, units, predictions } = resultOf(printed);
    return { state, units, groups: predictions.map((one: { group: string }) => one.group) };
  };
  await submit("clinic", { joined: true });
  expect(await told()).toEqual({ state: "finished", units: [], groups: ["clinic"] });
  // By their files alone, whatever a scheduler says.
  await submit("another", { joined: false, cancelled: 2 });
  expect(await told()).toEqual({ state: "cancelled", units: [], groups: ["another", "clinic"] });
});
