/** What can be wrong with a cluster, and with what is asked of it. */
import type { ProblemWords } from "./words";

export const CLUSTER_PROBLEMS = {
  "cluster.damaged-record": {
    message: "This record of a cluster is damaged, or of another version.",
    remedy: "Delete it; `gyrus submit` with the same MAPS submits what is missing.",
  },
  "cluster.no-jobs": {
    message: "Nothing of this MAPS was given to a cluster.",
    remedy: "`gyrus submit` does that.",
  },
  "cluster.no-slurm": {
    message: "No SLURM answers here: {reason}.",
    remedy: "Give the command on a machine of the cluster from which jobs are submitted (its login node).",
  },
  "cluster.foreign-job": {
    message:
      "The scheduler says of job {job} that it is not one of this MAPS (it belongs to {user}), so it is left alone.",
    remedy: "Cancel it yourself, if it is yours to cancel.",
  },
  "cluster.none-live": {
    message: "The scheduler has no job of this MAPS that waits or is at work.",
    remedy: "",
  },
  "cluster.scancel": {
    message: "The scheduler did not cancel: {reason}.",
    remedy: "Try again, or ask those who run the cluster.",
  },
  "cluster.profile": {
    message: "It is not the JSON of a profile of a cluster: {reason}.",
    remedy: "See docs/cluster.md for what a profile may say.",
  },
  "cluster.profile-key": {
    message: '"{key}" is refused: {reason}.',
    remedy: "See docs/cluster.md for what a profile may say.",
  },
  "cluster.no-partition": {
    message: "The cluster has no partition {partition}.",
    remedy: "Choose one of these: {known}.",
  },
  "cluster.partition-time": {
    message:
      "A job of {asked} {asked|minute|minutes} is too long for the partition {partition}: it allows {most}.",
    remedy:
      'Set "minutes" to less: a task that comes to its limit keeps a checkpoint and goes on in the queue.',
  },
  "cluster.too-large": {
    message: "Of the partition {partition} no node has so much ({what}: {asked}); the largest has {most}.",
    remedy: 'Ask for less in "{key}", or choose another partition.',
  },
  "cluster.no-gpu": {
    message: "In the partition {partition} no node has a GPU for {asked}.",
    remedy: "These are there: {known}.",
  },
  "cluster.no-account": {
    message: "{user} has no account {account} on this cluster.",
    remedy: "Choose one of these: {known}.",
  },
  "cluster.refused": {
    message: "The scheduler does not take this job: {reason}.",
    remedy: "Change the profile, or ask those who run the cluster.",
  },
  "cluster.out-of-service": {
    message:
      "In the partition {partition} every node that has enough for this job is out of service: {states}.",
    remedy: "Wait until those who run the cluster bring them back, or choose another partition.",
  },
  "cluster.partition-down": {
    message: "The partition {partition} is down: it takes jobs and starts none.",
    remedy:
      "Jobs wait in its queue until those who run the cluster bring it up; `gyrus cancel` takes them away.",
  },
  "cluster.path": {
    message: "This path cannot stand in a job: {reason}.",
    remedy: "Choose another folder.",
  },
  "cluster.in-queue": {
    message: "Jobs of this MAPS are in the queue already: {jobs}.",
    remedy: "Wait for them, or take them away by `gyrus cancel`.",
  },
  "cluster.nothing-left": {
    message: "Every unit of this MAPS has finished: there is nothing to submit.",
    remedy: "",
  },
  "cluster.not-confirmed": {
    message: "Nothing was submitted: nobody agreed to it.",
    remedy: "Give the command in a terminal and answer, or with --yes.",
  },
  "cluster.other-disk": {
    message: "Node {node} does not see what was written to this folder: it is on a disk of another machine.",
    remedy:
      "Keep the MAPS in a folder that all nodes share, such as a home or a project folder of the cluster.",
  },
  "cluster.no-task": {
    message: "This is not a job that `gyrus submit` has given for this MAPS.",
    remedy: "`gyrus submit` starts this command by itself.",
  },
  "cluster.no-progress": {
    message: "It was started again {restarts} {restarts|time|times} and came no further.",
    remedy: 'Set "minutes" of the profile to more: a task needs time to read its images before it learns.',
  },
  "cluster.unit-missing": {
    message: "Split {split}[, network {network}] has not finished: {reason}.",
    remedy: "[Its log is {log}. ]`gyrus submit` with the same MAPS submits what is missing.",
  },
  "cluster.part-missing": {
    message: "Part {part} of {of} of the group {group} is not predicted: {reason}.",
    remedy: "[Its log is {log}. ]`gyrus submit-predict` with the same words submits what is missing.",
  },
  "cluster.other-images": {
    message: "What the tasks answered for the group {group} is of other images or models than those of now.",
    remedy: "`gyrus submit-predict` with the same words predicts it anew.",
  },
  "cluster.not-started": {
    message: "Its jobs have waited for {minutes} {minutes|minute|minutes}: {reason}.",
    remedy: "This is the reason that the scheduler gives; `gyrus cancel` takes them away.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
