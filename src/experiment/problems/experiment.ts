/** What can be wrong with an experiment file, by its text alone. */
import type { ProblemWords } from "./words";

export const EXPERIMENT_PROBLEMS = {
  "experiment.not-json": {
    message: "It is not JSON[ from line {line}, column {column} on].",
    remedy: "Correct the text there.",
  },
  "experiment.not-an-object": {
    message: "It does not hold an experiment.",
    remedy: 'Write an object with at least "caps_directory" and "tsv_path".',
  },
  "key.not-known-here": {
    message: '"{key}" is not known here.',
    remedy: "Remove it, or correct its name.",
  },
  "key.missing": {
    message: '"{key}" is missing.',
    remedy: "Give {allowed}.",
  },
  "key.value": {
    message: '"{key}" is {value}.',
    remedy: 'It must be {allowed}.[ Did you mean "{meant}"?]',
  },
  "key.unknown": {
    message: '"{key}" is not known and has no effect.',
    remedy: "Remove it.",
  },
  "keys.many-unknown": {
    message: "{count} more {count|key is not known and has|keys are not known and have} no effect.",
    remedy: "Choose an experiment file, or remove them.",
  },
  "key.misspelt": {
    message: '"{key}" is not known and has no effect.',
    remedy: 'Did you mean "{meant}"?',
  },
  "key.misplaced": {
    message: '"{key}" is not known and has no effect.',
    remedy: 'Move it into "preprocessing_dict".',
  },
  "key.of-another-tool": {
    message: '"{key}" is not known and has no effect.',
    remedy: 'Here it is "{meant}".',
  },
  "key.given-twice": {
    message: '"{key}" is given twice: the last value counts.',
    remedy: "Remove one of the two.",
  },
  "key.no-effect": {
    message: '"{key}" has no effect: {because}.',
    remedy: "Remove it, or change the other.",
  },
  "gpu.none": {
    message: '"gpu" is true, but the run computes on {device}.',
    remedy: "`gyrus engines` tells what is missing; set it to false where the processor is meant.",
  },
  "optimizer.unknown-setting": {
    message: '{optimizer} has no setting "{key}".',
    remedy: 'It has {known}.[ Did you mean "{meant}"?]',
  },
  "optimizer.conflict": {
    message: "The settings of {optimizer} do not fit together: {reason}.",
    remedy: "Correct one of them.",
  },
  "clinicadl.domain-adaptation": {
    message: "Domain adaptation (ssda_network) is not available.",
    remedy: "Set it to false.",
  },
  "clinicadl.mixed-precision": {
    message: "Mixed precision (amp) is not available: the run computes in float32.",
    remedy: "Nothing to do.",
  },
  "clinicadl.sharding": {
    message: "Sharding over several GPUs is not available: the run uses one device.",
    remedy: "Nothing to do.",
  },
  "clinicadl.profiler": {
    message: "The PyTorch profiler is not available.",
    remedy: "The event log of the run holds the duration of each batch.",
  },
  "clinicadl.tracking": {
    message: "Runs are not sent to a tracking service.",
    remedy: "The training panel and the event log show the run.",
  },
  "clinicadl.emissions": {
    message: "Emissions are not calculated.",
    remedy: "Nothing to do.",
  },
  "preprocessing.given-twice": {
    message: '"preprocessing_dict" and "preprocessing_json" are both given.',
    remedy: "Keep one of the two.",
  },
  "preprocessing.bare-name": {
    message:
      '"preprocessing_json" is the bare name "{name}", but with several cohorts there are several CAPS folders.',
    remedy: "Give its path.",
  },
  "preprocessing.no-file": {
    message: 'The preprocessing file "{name}" does not exist: looked for {places}.',
    remedy: "Correct the name, or write `preprocessing_dict` in the experiment instead.",
  },
  "preprocessing.not-json": {
    message: "It is not JSON[ from line {line}, column {column} on].",
    remedy: "Write it again with prepare-data.",
  },
  "preprocessing.not-an-object": {
    message: "It does not hold an object.",
    remedy: "Write it again with prepare-data.",
  },
  "loss.not-for-task": {
    message: '"loss" is "{loss}", which is not for {task}.',
    remedy: "It must be {allowed}.",
  },
  "selection.last-looks": {
    message: 'The learning rate would follow the validation loss, which `"selection": "last"` leaves unseen.',
    remedy: "Leave `adaptive_learning_rate` out, or select the best epoch.",
  },
  "selection.not-for-task": {
    message: 'The best model of a {task} cannot be chosen by "{metric}".',
    remedy: 'Choose among {metrics}.[ Did you mean "{meant}"?]',
  },
  "learning-rate.high": {
    message: '"learning_rate" is {rate}: with {optimizer} it is {usual} usually.',
    remedy: "Write a smaller one, unless this is what you want to try.",
  },
  "batch-size.above-set": {
    message:
      '"batch_size" is {batch}, and split {split} trains on {samples} {samples|sample|samples}: one update an epoch.',
    remedy: "Make it smaller, for more updates.",
  },
  "label-code.diagnosis-absent": {
    message: '"diagnoses" asks for {diagnosis}, which has no class in "label_code".',
    remedy: 'Add "{diagnosis}" to "label_code", or remove it from "diagnoses".',
  },
  "augmentation.twice": {
    message: "`augmentation` and `data_augmentation` both say how training samples are transformed.",
    remedy: "Keep one of the two keys.",
  },
  "augmentation.range": {
    message: 'The first value of "{key}" is above the second.',
    remedy: "Give the lower value first.",
  },
  "augmentation.tensors": {
    message: "Whole images cannot be transformed where tensors of their parts are read.",
    remedy: 'Set `prepare_dl` to false, or `on` to "part".',
  },
  "augmentation.normalised-parts": {
    message:
      "Whole images are normalised before they are transformed and cut, and here each part is normalised by itself.",
    remedy: 'Give an `intensity` with `each` "image" instead of `normalize`, or set `on` to "part".',
  },
  "class-weights.count": {
    message:
      '"class_weights" holds {weights} {weights|weight|weights} for {classes} {classes|class|classes}.',
    remedy: "Give one weight for each class, in the order of their codes.",
  },
  "sampler.no-classes": {
    message: 'A reconstruction has no classes to balance, but "sampler" is "weighted".',
    remedy: 'Set it to "random".',
  },
  "multi-network.whole-images": {
    message: 'Several networks need several parts, but the mode is "image".',
    remedy: 'Set it to false, or the mode to "patch", "roi" or "slice".',
  },
  "multi-network.one-part": {
    message: "Several networks need several parts, but each image gives one.",
    remedy: 'Set "multi_network" to false, or ask for more parts in "preprocessing_dict".',
  },
  "mode.given-twice": {
    message: '"mode" is {mode}, but "preprocessing_dict.mode" is "{other}".',
    remedy: "Remove one of the two.",
  },
  "split.none": {
    message: 'There is no split {split}: "n_splits" is {count}.',
    remedy: "Splits are numbered 0 to {last}.",
  },
  "split.single": {
    message: 'There is no split {split}: "n_splits" is {count}.',
    remedy: "The only split is 0.",
  },
  "architecture.no-answer": {
    message: 'The layers of a {task} need an answer, but "fc" is absent.',
    remedy: 'Add "fc" to "architecture".',
  },
  "architecture.not-for-task": {
    message: '"{architecture}" is not for {task}.',
    remedy: "Choose one of {suitable}.",
  },
  "architecture.refused": {
    message: "[{place}: ]{detail}",
    remedy: "{remedy}",
  },
  "images.no-suffix": {
    message: "Custom images are found by the end of their file name, which is absent.",
    remedy: 'Give "custom_suffix", "graymatter_T1w.nii.gz" for instance.',
  },
  "images.no-pet-key": {
    message: "PET images are found by their {key}, which is absent.",
    remedy: 'Give "{key}".',
  },
  "regions.none": {
    message: 'In mode "roi" at least one region is needed.',
    remedy: 'Give "roi_list", the names of masks in the CAPS.',
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
