import { expect, it } from "vitest";
import { experimentName, isExperimentFile } from "../../../src/experiment/file/experimentFileName";

it.each([
  ["/study/ad-cn.experiment.json", true, "ad-cn"],
  ["/study/maps.json", false, "maps.json"],
])("%s is an experiment file: %s", (path, expected, name) => {
  expect(isExperimentFile(path)).toBe(expected);
  expect(experimentName(path)).toBe(name);
});
