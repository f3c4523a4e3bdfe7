import { clearDiskCache } from "../../data/nifti/diskCache";
import { refuse } from "../../experiment/problems/makeProblem";
import { defineCommand } from "../command";
import { EXPERIMENT_ARGUMENT } from "../commandLine/experimentArgument";
import { loadExperiment } from "../runExperiment";

export const cacheClear = defineCommand({
  name: "cache clear",
  summary:
    "Removes the images that trainings keep in the `cache_directory` of an experiment, and nothing else.",
  arguments: [EXPERIMENT_ARGUMENT],
  options: {},
  examples: ["cache clear ad-cn.experiment.json"],
  async run({ EXPERIMENT: file }, _options, terminal) {
    const { cache_directory: folder } = await loadExperiment(file, terminal);
    if (folder === null) throw refuse("cache.none", { file, where: "cache_directory" });
    const { images, bytes } = await clearDiskCache(folder);
    const values = { folder, images, megabytes: Math.round(bytes / 1e6) };
    return {
      result: { folder, images, bytes },
      show: () => terminal.say(terminal.text("cache-cleared", values)),
    };
  },
});
