/** What the trainer and the commands say while they work, as words with places for values, to be said in any language. */
import {
  fillWords,
  inEnglish,
  type NamesIn,
  type Translate,
  type Value,
} from "../../experiment/problems/words";
import { WRITTEN_IN } from "../../network/wordForms";

/** English, by the name that the code uses. */
export const TRAINER_WORDS = {
  // How numbers are grouped: a language as BCP 47 writes it.
  numbers: WRITTEN_IN,
  error: "error: {problem}",
  warning: "warning: {problem}",
  notice: "note: {problem}",
  "nothing-started": "nothing was started, because of {count} {count|problem|problems}:",
  "more-problems": "and {count} more of these kinds: --verbose lists {count|it too|them all}.",
  "reading-headers": "reading headers {done}/{of}",
  "checking-images": "checking images {done}/{of}",
  "comparing-images": "comparing images: pair {done} of {of}",
  "may-train": "Nothing stands in the way of this training.",
  audited:
    "{scans} {scans|image|images} of {people} {people|person|people}: {errors} {errors|error|errors}, {warnings} {warnings|warning|warnings}, {notices} {notices|note|notes}.",
  "submit-question": "Give these jobs to the cluster? [y/N] ",
  "submit-jobs": "Jobs {jobs}: {units} {units|unit|units} of {maps}. `gyrus status {maps}` follows them.",
  "submit-parts": "Jobs {jobs}: {parts} of {of} {of|part|parts} of the group {group}.",
  "part-answered": "Part {part} of {of} is predicted.",
  "parts-joined": "{of} {of|part|parts} of the group {group} are joined.",
  "task-checked": "The images are checked and the MAPS is made.",
  "task-given-back": "The time of this task is over: it keeps its checkpoint and goes back to the queue.",
  "task-waits-for-room":
    "The disk is full: what is saved is whole, and this task goes back to the queue for {minutes} min.",
  "task-stopped": "This task was ended, with a checkpoint.",
  "join-finished": "{finished} of {of} {of|split|splits} have their results.",
  "join-same":
    "All tasks computed with {engine} on {threads} {threads|thread|threads} of {processor}: the same bits as on one such machine.",
  "join-differing":
    "Tasks computed on different processors ({processors}): weights may differ from those of one machine in the last bits of float32.",
  "queue-begins": "{experiment} begins: {maps}",
  "queue-ended": "{experiment} has ended: {became}.",
  "queue-waits-trainings":
    "{experiment} must wait: {working} {working|training is|trainings are} going on on this machine, and --at-once allows {limit}.",
  "queue-waits-cores":
    "{experiment} must wait: it computes with {wanted} {wanted|thread|threads}, and {free} {free|core is|cores are} free.",
  "queue-waits-memory":
    "{experiment} must wait: free memory is {free} GB, and must be {wanted} GB (--free-memory).",
  "queue-waits-card": "{experiment} must wait: another training computes on the graphics card[ {card}].",
  "queue-waits-turn": "{experiment} must wait: it is not its turn.",
  "became-experiment": "experiment",
  "became-finished": "finished",
  "became-stopped": "stopped",
  "became-failed": "failed",
  "became-killed": "ended from outside",
  "became-not-begun": "not begun",
  "cluster-unit": "split",
  "cluster-network": "network",
  "cluster-state": "state",
  "cluster-since": "since",
  "cluster-node": "node",
  "cluster-requeued": "requeued",
  "cluster-reason": "reason",
  "cluster-check": "check",
  "cluster-join": "join",
  "cluster-group": "prediction of the group {group}",
  "cluster-part": "part",
  "cluster-cancelled": "Taken away: {jobs}.",
  predicting: "predicting {done}/{of}",
  interpreting: "interpreting {done}/{of}",
  "averaging-images": "averaging images {done}/{of}",
  "stopped-while-checking": "Stopped while the data was checked: nothing has been written.",
  "stopping-after-update": "Stopping after this weight update (Ctrl+C again to stop at once) ...",
  "stopping-after-batch": "Stopping after this batch (Ctrl+C again to stop at once) ...",
  "nothing-predicted": "Stopped before a model had predicted the whole group: nothing was written.",
  "making-brains": "Making demo brains in {folder} ...",
  "making-other-studies": "Making those of the other studies ...",
  brain: "brain {done}/{of}",
  "demo-experiment": "Its experiment file is {file}; in {folder} there are others to try.",
  "found-in": "found in",
  "computes-on": "computes on",
  "auto-takes": "`engine` auto takes {engine}.",
  "bench-measuring": "Measuring {device} ...",
  "bench-not-measured": "{device} was not measured: {reason}",
  "bench-step": "training step with Adam, ms",
  "bench-inference": "inference, ms",
  "bench-trained": "images per second, training",
  "bench-predicted": "images per second, inference",
  "bench-memory": "memory on the device, MB",
  "bench-step-speed": "GFLOP/s of the step",
  "bench-product": "GFLOP/s of a matrix product",
  "bench-product-share": "the step's share of it, %",
  "bench-step-bytes": "GB/s of the step",
  "bench-copy": "GB/s of a copy",
  "bench-copy-share": "the step's share of the copy, %",
  "bench-channels": "channels",
  "bench-size": "size",
  "bench-in-use": "in use",
  "bench-tiles":
    "Convolutions on {device}, GFLOP/s by tile: channels x places of an invocation by itself, or channels x voxels x terms that a group stages:",
  "bench-splits":
    "The same on {device} with the usual tile, by the parts in which the channels of the input are summed:",
  "bench-weight-gradient":
    "Their gradients by the weight on {device}, GFLOP/s by the invocations among which the voxels are divided:",
  "bench-form": "The form to send in:",
  "install-needs": "{package} {version} trains on an NVIDIA GPU. It needs:",
  "not-found": "not found",
  "install-all-the-same":
    "It can be installed all the same; it will compute on the CPU until nothing is missing.",
  installing:
    "Installing it into {folder}. It is the one package of which Gyrus lets npm run the install script: the script fetches TensorFlow itself (libtensorflow, some hundred megabytes) from {source}.",
  "fetching-node": "Fetching Node.js {version} from {address} to {file}, some fifty megabytes ...",
  "node-installed":
    "Node.js {version} stands in {file}: the desktop's VS Code trains with it on a graphics card.",
  "fetching-packages": "fetching packages",
  "fetching-tensorflow": "fetching TensorFlow",
  usage: "Usage: gyrus {words}",
  "help-says-more": "`gyrus help COMMAND` says more; `gyrus --version` which Gyrus this is.",
  "for-example": "For example:",
  "several-times": "may be given several times",
  default: "default {value}",
  "analysis-written": "{file}: {count} {count|diagnosis|diagnoses}.",
  "labels-written":
    "{labels}: {sessions} {sessions|session|sessions} of {participants} {participants|participant|participants} ({each}).",
  "set-apart":
    "{folder}: {participants} {participants|participant|participants} in train, {subset} in {name}.",
  "reached-balance": "Reached {age} and {sex} in {draws} {draws|draw|draws}.",
  "p-value": "p = {p} for {what} ({test}[, without {unknown} unknown])",
  "no-p-value": "no p for {what} (there is nothing to compare)",
  "Student's t-test": "Student's t-test",
  "Fisher's exact test": "Fisher's exact test",
  "of-age": "age",
  "of-sex": "sex",
  "folds-made": "{folder}: {splits} {splits|split|splits} with {sizes} participants in {name}.",
  "splits-written": "The labels and splits are in {folder}.",
  "splits-keys": "In the experiment file: {keys}",
  model: "model",
  "network-of-model": "{model} network {network}",
  "without-labels": "Without labels there are no metrics.",
  "tables-stand-in": "The tables stand in {folder}.",
  "share-that-is-found": "Sensitivity is the share of {positive} that is found.",
  "best-of-demo": "Best model by balanced accuracy: epoch {epoch}.",
  "demo-validation": "validation (participants that chose it)",
  "demo-test": "test (participants that it has never seen)",
  "demo-metrics": "balanced accuracy {accuracy}, finds {sensitivity} of AD and {specificity} of CN",
  "demo-result":
    "The result is in {maps}, a MAPS as ClinicaDL makes it; in VS Code, open the folder of the demo.",
  layer: "layer",
  kind: "kind",
  input: "input",
  output: "output",
  padding: "padding",
  parameters: "parameters",
  "network-for": "{architecture} for {size}",
  "all-parameters": "{count} {count|parameter|parameters}",
  epoch: "epoch {epoch}/{epochs}",
  batch: "batch {done}/{of}",
  evaluating: "evaluating {set}[ {percent} %]",
  rate: "{rate} {rate|sample|samples}/s",
  left: "{time} left",
  split: "split {split}",
  network: "network {network}",
  "run-starts":
    "split {split}[, {network}]: {architecture}, {train} training and {validation} validation {validation|sample|samples}, on {engine} ({device}, {threads} {threads|thread|threads})[, {resumed}]",
  resumed: "resumed at epoch {epoch}",
  "no-better": "no better for {bad}/{patience}",
  "all-epochs-run": "{epochs|The|All} {epochs} {epochs|epoch was|epochs were} run. {models}",
  "stopped-early":
    "Stopped early after {epochs} {epochs|epoch|epochs}: the validation loss had not improved for {bad}. {models}",
  "loss-not-a-number":
    "Stopped after {epochs} {epochs|epoch|epochs}: the validation loss is not a number. Lower `learning_rate`. {models}",
  "stopped-on-request":
    "Stopped on request after {epochs} {epochs|epoch|epochs}[ and {batches} {batches|batch|batches}]; it can be resumed.",
  "no-best-model": "There is no best model.",
  "best-models": "Best models: {best}.",
  "best-in-epoch": "{metric} {value} in epoch {epoch}",
  undefined: "undefined",
  "undefined-in-training": "undefined in training: {reasons}",
  "undefined-in-validation": "undefined in validation: {reasons}",
  "curves-exported": "The curves are in {folder}: `tensorboard --logdir` shows them.",
  "cache-cleared": "{images} {images|image was|images were} removed from {folder}: {megabytes} MB.",
  "model-exported": "{model} is {file}.",
  "report-written": "The report is {file}.",
  "undefined-because": "Undefined: {reasons}.",
} as const;

type WordsName = keyof typeof TRAINER_WORDS;
type Given<Name extends WordsName> = [NamesIn<(typeof TRAINER_WORDS)[Name]>] extends [never]
  ? []
  : [values: { readonly [Key in NamesIn<(typeof TRAINER_WORDS)[Name]>]: Value }];

/** The words of the table with their values, in one language. */
export type Say = <Name extends WordsName>(name: Name, ...values: Given<Name>) => string;

/** Says them in the language of `translate`. */
export const sayIn =
  (translate: Translate): Say =>
  (name, ...[values]) =>
    fillWords(TRAINER_WORDS[name], values ?? {}, translate);

export const sayInEnglish: Say = sayIn(inEnglish);
