import { resolve } from "node:path";
import { cancelJobs } from "../../cluster/cancelJobs";
import { EXIT } from "../../run/exitCodes";
import { defineCommand } from "../command";

export const cancel = defineCommand({
  name: "cancel",
  summary: "Takes the jobs of a MAPS from the cluster that `gyrus submit` gave it to.",
  arguments: [{ name: "MAPS", text: "folder that was submitted", completes: "folder" }],
  options: {},
  remarks: [
    "Only a job of which the scheduler says that it is yours and of this MAPS is cancelled. What was trained stays: `gyrus submit` with the same MAPS goes on.",
  ],
  examples: ["cancel maps"],
  async run({ MAPS }, _options, terminal) {
    const maps = resolve(MAPS);
    const { cancelled, refused } = await cancelJobs(maps);
    return {
      result: { maps, cancelled },
      problems: refused,
      exit: refused.length > 0 ? EXIT.badInput : EXIT.done,
      show: () => {
        if (cancelled.length > 0) terminal.say(terminal.text("cluster-cancelled", { jobs: cancelled }));
      },
    };
  },
});
