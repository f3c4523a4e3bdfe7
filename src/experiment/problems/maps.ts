/** What can be wrong with a MAPS and with what is asked of it: its files and its weights. */
import type { ProblemWords } from "./words";

export const MAPS_PROBLEMS = {
  "maps.exists": {
    message: "There is already a MAPS in this folder.",
    remedy:
      "`gyrus resume` goes on with its training where that has not ended; `gyrus train --resume` does whichever is due. Choose a new folder, or delete this one if you do not need it.",
  },
  "maps.begun": {
    message: "A training was ended here before it had made its MAPS: there is nothing to go on with.",
    remedy:
      "Delete this folder, unless a file of yours stands in it, and give the command again; or choose a new folder.",
  },
  "maps.not-empty": {
    message: "The folder is not empty.",
    remedy: "Choose a new folder, or delete this one if you do not need it.",
  },
  "maps.is-file": {
    message: "There is a file of this name.",
    remedy: "Choose a new folder, or delete this one if you do not need it.",
  },
  "maps.unreadable": {
    message: "The folder cannot be read: {reason}.",
    remedy: "Choose a new folder, or delete this one if you do not need it.",
  },
  "maps.unwritable": {
    message: "Nothing can be written to {folder}.",
    remedy: "Choose another folder, or change the permissions of this one.",
  },
  "maps.in-use": {
    message: "Another training has been at work here since {started} (process {pid} on {host}).",
    remedy: "Wait until it ends, or stop it first.",
  },
  "maps.unit-in-use": {
    message: "Another process trains split {split} of this MAPS.",
    remedy: "Wait until it ends, or stop it first.",
  },
  "maps.gone": {
    message:
      "The MAPS was moved, renamed or deleted while it was trained. Nothing more is written to its old place.",
    remedy: "`gyrus resume` with its new place goes on from its last checkpoint.",
  },
  "maps.wait-ended": {
    message: "Stopped while it waited for another process at work in the MAPS.",
    remedy: "Give the command again when that one has ended.",
  },
  "join.other-setting": {
    message: '"{key}" is {ours}, but {theirs} in the MAPS.',
    remedy: "Join with the settings of the MAPS, or train into another folder.",
  },
  "maps.too-large": {
    message: "It is far too large.",
    remedy: "Restore it from a copy.",
  },
  "maps.none": {
    message: "There is no maps.json that can be read.",
    remedy: "Choose the folder of a MAPS.",
  },
  "maps.not-json": {
    message: "It is not the JSON of a MAPS.",
    remedy: "Restore it from a copy, or train again.",
  },
  "maps.no-planes": {
    message: "It holds no reconstructions that can be read.",
    remedy: "Look at another epoch: each has a file of its own, and nothing else depends on it.",
  },
  "maps.newer": {
    message: "It was made by Gyrus {madeBy}: what this version ({ownVersion}) does not know is not shown.",
    remedy: "",
  },
  "maps.damaged-record": {
    message: "It is damaged, so it is not known who trains here.",
    remedy: "",
  },
  "maps.damaged-unit-record": {
    message: "It is damaged, so it is not known who trains there.",
    remedy: "",
  },
  "events.not-json": {
    message: "It is not JSON.",
    remedy: "The other lines are read all the same.",
  },
  "events.no-event": {
    message: "It is not an event.",
    remedy: "The other lines are read all the same.",
  },
  "events.wrong-value": {
    message: "It is an event with a wrong {key}.",
    remedy: "The other lines are read all the same.",
  },
  "events.too-long": {
    message: "It is too long for an event.",
    remedy: "The other lines are read all the same.",
  },
  "curves.no-epoch": {
    message:
      "training.tsv holds no epoch, so there are no curves: ClinicaDL from 1.6.0 on only writes what it evaluates within epochs (evaluation_steps).",
    remedy: "",
  },
  "curves.unknown-scale": {
    message:
      "The losses are sums over batches whose number cannot be found out (maps.json or groups are damaged): they are left out.",
    remedy: "",
  },
  "results.unwritable": {
    message: "Nothing can be written to {folder}.",
    remedy:
      "Give `--output FOLDER`: the results go to a folder of your own, which is read like a MAPS. Or change the permissions.",
  },
  "results.other-folder": {
    message: "The folder holds something else than results of {maps}.",
    remedy: "Choose a new folder, or one with results of this MAPS.",
  },
  "results.no-metrics": {
    message: "It holds no metrics.",
    remedy: "Predict the group again.",
  },
  "results.none": {
    message: "No best model of this MAPS has predicted a data group.",
    remedy: "`gyrus predict` predicts one.",
  },
  "export.intensity": {
    message: "Its values are normalised by {kind}, which no ONNX file of it does.",
    remedy:
      'Train with `min-max`, or with `z-score` without a mask, what is to be used elsewhere; where images are cut, with `each` set to "part".',
  },
  "export.size-reduction": {
    message: "Its images are made smaller as they are read, which no ONNX file of it does.",
    remedy: "Train without `size_reduction` what is to be used elsewhere.",
  },
  "export.no-curves": {
    message: "It has no curves.",
    remedy: "Choose the folder of a MAPS that has been trained.",
  },
  "export.no-part": {
    message: "There is no network {part}: the last one is {last}.",
    remedy: "Give another --part.",
  },
  "compare.no-shared-group": {
    message: "Not all of these MAPS have answered one data group[, {group}].",
    remedy: "[They all have answered {groups}. ]`gyrus predict` predicts a group.",
  },
  "compare.no-answers": {
    message: "There are no answers for {group}[ of models selected by {metric}].",
    remedy: "Choose another selection metric or group.",
  },
  "compare.unlike": {
    message: "It has {what} than {other}: their figures have no common scale.",
    remedy: "Compare MAPS of one task, with the same label and classes.",
  },
  "results.threshold-two-classes": {
    message: "Only two classes have a threshold.",
    remedy: "Leave --threshold out: of more classes the most probable one is the answer.",
  },
  "results.threshold-on-itself": {
    message:
      'The people of "{group}" are among those on whom the threshold would be chosen: it would flatter them.',
    remedy: "Judge a group of other people, or give the threshold as a number.",
  },
  "results.threshold-file": {
    message: "The threshold that was kept with these results cannot be read, or is of another class.",
    remedy:
      "Keep it again (`gyrus results MAPS GROUP --threshold youden --keep-threshold`), or remove the file.",
  },
  "results.no-threshold": {
    message:
      "No threshold can be chosen: the validation set lacks a class, or its answers have no probabilities.",
    remedy: "Give the threshold as a number.",
  },
  "results.no-group": {
    message: 'No best model has predicted the data group "{group}".',
    remedy: "Choose one of {groups}, or predict it with `gyrus predict`.",
  },
  "maps.folds": {
    message: "This MAPS was made by a ClinicaDL before 1.4 (its splits are named fold-<i>).",
    remedy: "Rename its folders fold-<i> to split-<i>, as ClinicaDL 1.4 does.",
  },
  "checkpoint.damaged": {
    message: "The state of the training is damaged.",
    remedy: "Restore the file from a copy, or train again.",
  },
  "checkpoint.former": {
    message:
      "The last checkpoint of split {split}[, network {network}] is damaged: {reason} The training goes on from the one before it, in epoch {epoch}.",
    remedy: "Look whether the disk is in order: what was written there has changed.",
  },
  "models.missing": {
    message: "There is no {missing}.",
    remedy: "Choose among {models}.",
  },
  "models.none": {
    message: "There is no {missing}.",
    remedy: "Train it first.",
  },
  "models.none-of-splits": {
    message: "There is no best model of the asked splits.",
    remedy: "Train it first.",
  },
  "models.others": {
    message: "There is no best model of the asked splits.",
    remedy: "Choose among {models}.",
  },
  "weights.other-network": {
    message:
      "{count} of its tensors {count|is not that|are not those} of the network in maps.json: {name} is {found} instead of {expected}.",
    remedy: "Restore the file or maps.json from a copy.",
  },
  "weights.no-state-dict": {
    message: "has no state dict under the key `model`.",
    remedy:
      "Choose a file that ClinicaDL or Gyrus wrote, or in PyTorch save the state dict alone: torch.save(model.state_dict(), path).",
  },
  "weights.not-a-tensor": {
    message: "is not a tensor.",
    remedy: "Choose a file that ClinicaDL or Gyrus wrote.",
  },
  "weights.no-dictionary": {
    message: "The file does not hold a dictionary.",
    remedy: "Choose a file that ClinicaDL or Gyrus wrote.",
  },
  "weights.no-single-tensor": {
    message: "The file does not hold a single tensor.",
    remedy: "Choose a file that ClinicaDL or Gyrus wrote.",
  },
  "weights.no-optimizer": {
    message: "is not the state of a torch.optim optimizer with one group of parameters.",
    remedy: "Choose a file that ClinicaDL or Gyrus wrote.",
  },
  "weights.other-optimizer": {
    message:
      "has {found} {found|parameter|parameters}, the network has {expected} that {expected|learns|learn}.",
    remedy: "Choose a file that ClinicaDL or Gyrus wrote.",
  },
  "weights.unreadable": {
    message: "{reason}",
    remedy: "{remedy}",
  },
  "predictions.class": {
    message: "{column} is {value}, which is none of the classes of the MAPS (0 to {last}).",
    remedy: "Run the prediction again, or mend the table.",
  },
  "predictions.probability": {
    message: "{value} is no probability.",
    remedy: "Run the prediction again, or mend the table.",
  },
  "predictions.classes": {
    message:
      "The table has {columns} {columns|column|columns} of probabilities, the MAPS {classes} {classes|class|classes}.",
    remedy: "Run the prediction again, or mend the table.",
  },
  "predictions.repeated": {
    message: "{count} {count|row repeats|rows repeat} a session: the first row of each counts.",
    remedy: "Remove them from the table, or run the prediction again.",
  },
  "predictions.no-column": {
    message: "The table has no column {columns}.",
    remedy: "Take the mode-level table, or run the prediction again.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
