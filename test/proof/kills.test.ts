import { it } from "vitest";
import { expectSurvival } from "../support/killedTraining";

it.each(Array.from({ length: 12 }, (_, round) => round + 1))(
  "a training killed ten times anywhere and resumed leaves the results of one that was not, round %i",
  () => expectSurvival(10),
);
