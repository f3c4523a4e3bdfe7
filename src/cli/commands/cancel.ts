import { resolve } from "node:path";
import { cancelJobs } from "../../cluster/cancelJobs";
import { EXIT } from "../../run/exitCodes";
import { defineCommand } from "../command";

export const cancel = defineCommand({
  name: "cancel",
  summary:
    "Takes the jobs of a MAPS from the cluster that `gyrus submit` or `gyrus submit-predict` gave it to.",
  arguments: [{ name: "MAPS", text: "folder that was submitted", completes: "folder" }],
  options: {
    group: {
      kind: "text",
      value: "GROUP",
      text: "only the predictions of this data group; without, everything: the training and all predictions",
    },
  },
  remarks: [
    "Only a job of which the scheduler says that it is yours and of this MAPS is cancelled. What was trained stays: `gyrus submit` with the same MAPS goes on. So do the parts of a group that are answered: `gyrus submit-predict` with the same words submits the others.",
  ],
  examples: ["cancel maps", "cancel maps --group test"],
  async run({ MAPS }, { group }, terminal) {
    const maps = resolve(MAPS);
    const choice = group === undefined ? null : { units: [], groups: [group] };
    const { cancelled, refused } = await cancelJobs(maps, choice);
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
