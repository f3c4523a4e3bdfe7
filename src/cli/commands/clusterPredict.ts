import { type PredictionSubmission, readPrediction } from "../../cluster/predictions";
import { runSlurm } from "../../cluster/slurm";
import { jobEnvironment } from "../../cluster/taskLife";
import { refuse } from "../../experiment/problems/makeProblem";
import { mapsPlace } from "../../maps/folder/place";
import { joinPrediction, predictPart } from "../cluster/predictTasks";
import { defineCommand } from "../command";
import { GROUP_ARGUMENTS } from "../commandLine/groupOptions";
import { PART_OPTIONS, partedRequest } from "../commandLine/partOptions";

export const clusterPredict = defineCommand({
  name: "cluster-predict",
  summary: "What the jobs of `gyrus submit-predict` run on a node: not for people.",
  arguments: [
    { name: "JOB", text: "a task of the array, or the last job", choices: ["part", "join"] },
    { name: "ID", text: "of the submission" },
    ...GROUP_ARGUMENTS,
  ],
  options: PART_OPTIONS,
  examples: ["cluster-predict part gyrus-0123456789abcdef0123456789abcdef /data/maps test --parts 10"],
  async run({ JOB, ID, MAPS, GROUP }, options, terminal) {
    const request = partedRequest(MAPS, GROUP, options);
    const { maps, output = maps } = request;
    const folder = mapsPlace(output).predictionJobs(GROUP);
    const submission = await submissionAt(folder, ID);
    const job = jobEnvironment(process.env);
    if (job === null || options.parts !== submission.parts) throw refuse("cluster.no-task", { file: folder });
    const context = { request, folder, submission, job, run: runSlurm, terminal };
    switch (JOB) {
      case "part":
        return await predictPart(context);
      case "join":
        return await joinPrediction(context);
    }
  },
});

/** The one to which a job belongs, by the id in its command. */
async function submissionAt(folder: string, id: string): Promise<PredictionSubmission> {
  const found = await readPrediction(folder);
  if (found === null || found.id !== id) throw refuse("cluster.no-task", { file: folder });
  return found;
}
