import { it } from "vitest";
import { expectSurvival } from "../../support/killedTraining";

it("a training killed ten times anywhere and resumed leaves the results of one that was not", () =>
  expectSurvival(10));
