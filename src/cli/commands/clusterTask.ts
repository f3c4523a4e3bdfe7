import { resolve } from "node:path";
import { type RunSlurm, runSlurm } from "../../cluster/slurm";
import { jobEnvironment, submissionOf } from "../../cluster/taskLife";
import { refuse } from "../../experiment/problems/makeProblem";
import { checkTask } from "../cluster/checkTask";
import { joinTask } from "../cluster/joinTask";
import { unitTask } from "../cluster/unitTask";
import { defineCommand } from "../command";
import { ACCEPT_OPTIONS, acceptedBy } from "../commandLine/acceptOptions";
import { misuse } from "../commandLine/usageError";

export const clusterTask = defineCommand({
  name: "cluster-task",
  summary: "What the jobs of `gyrus submit` run on a node: not for people.",
  arguments: [
    {
      name: "JOB",
      text: "the first job, a task of the array, or the last job",
      choices: ["check", "unit", "join"],
    },
    { name: "MAPS", text: "folder that was submitted", completes: "folder" },
    { name: "ID", text: "of the submission" },
    { name: "EXPERIMENT", text: "of the first job", optional: true, completes: "file" },
  ],
  options: { ...ACCEPT_OPTIONS },
  examples: ["cluster-task unit maps gyrus-0123456789abcdef0123456789abcdef"],
  async run({ JOB, MAPS, ID, EXPERIMENT }, accept, terminal, words) {
    const maps = resolve(MAPS);
    const job = jobEnvironment(process.env);
    const run: RunSlurm = runSlurm;
    const submission = await submissionOf(maps, ID);
    if (job === null) throw refuse("cluster.no-task", { file: maps });
    const context = { maps, submission, job, run, terminal, words: ["cluster-task", ...words] };
    switch (JOB) {
      case "check":
        if (EXPERIMENT === undefined) throw misuse("usage.missing", { words: "EXPERIMENT" });
        return await checkTask(context, EXPERIMENT, acceptedBy(accept));
      case "unit":
        return await unitTask(context);
      case "join":
        return await joinTask(context);
    }
  },
});
