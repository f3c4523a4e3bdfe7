/** What can go wrong with a training or a command: its files, its engine, its words, its resumption. */
import type { ProblemWords } from "./words";

export const PROGRAM_PROBLEMS = {
  "file.missing": {
    message: "The file does not exist.",
    remedy: "Check the path.",
  },
  "file.is-folder": {
    message: "This is a folder, not a file.",
    remedy: "Give the path of a file.",
  },
  "file.empty": {
    message: "The file is empty: it holds no byte.",
    remedy: "Copy, download or compute it again; a full disk leaves such files.",
  },
  "file.not-regular": {
    message: "This is {what}, not a file that can be read to its end.",
    remedy: "Give the path of a file.",
  },
  "file.too-large": {
    message: "The file is larger than {most} MB, the most that is read of a file of this kind.",
    remedy: "Check that it is the file that was meant.",
  },
  "file.outside-workspace": {
    message: "It stands outside of the folders of this window, which is not trusted, and was not looked at.",
    remedy: "Trust the workspace, or move it into its folder.",
  },
  "file.on-a-share": {
    message: "It stands on another machine, which was not asked for it, since this window is not trusted.",
    remedy: "Trust the workspace, or move it into its folder.",
  },
  "file.lfs-pointer": {
    message: "This is a pointer of Git LFS, not the file itself.",
    remedy: "Get its content: `git lfs pull` in its folder.",
  },
  "file.annex-pointer": {
    message: "This is a pointer of git-annex (DataLad), not the file itself: its content is not here.",
    remedy: "Get its content: `datalad get {path}` or `git annex get {path}`.",
  },
  "file.dead-link": {
    message: "This is a link to {target}, which does not exist.",
    remedy: "Restore what it points to, or put the file itself in its place.",
  },
  "file.link-circle": {
    message: "This is a link that leads in a circle.",
    remedy: "Put the file itself in its place.",
  },
  "file.unreadable": {
    message: "The file cannot be read ({reason}).",
    remedy: "Check its permissions and the disk.",
  },
  "file.may-not-read": {
    message: "You may not read it.",
    remedy: "Change its permissions, or copy it.",
  },
  "file.disk-full": {
    message: "The disk is full[: {file} could not be written].",
    remedy: "Make room, then go on.",
  },
  "file.quota": {
    message: "Your quota of this disk is used up[: {file} could not be written].",
    remedy: "Make room, then go on.",
  },
  "file.no-permission": {
    message: "{file} is refused: there is no permission for it.",
    remedy: "Change its permissions or those of its folder, or choose another.",
  },
  "file.read-only-disk": {
    message: "{file} stands on a disk that cannot be written.",
    remedy: "Choose another folder.",
  },
  "file.no-folder": {
    message: "{file} leads through a file, or a link to nowhere.",
    remedy: "Check the path.",
  },
  "file.cannot-be-made": {
    message: "{file} cannot be made here.",
    remedy: "Check the path, and that the disk can be written.",
  },
  "file.disk-error": {
    message: "{file} could not be read or written: the disk reports an error.",
    remedy: "Check the disk.",
  },
  "data.unreadable": {
    message: "{reason}",
    remedy: "Check that the folders and files can be read.",
  },
  "resume.of-clinicadl": {
    message:
      "ClinicaDL trained here. Its checkpoints hold neither the best values nor the state of early stopping nor that of the random numbers, so the training cannot go on as it was.",
    remedy: "Resume it with ClinicaDL, or train anew: this file is an experiment.",
  },
  "resume.other-setting": {
    message: '"{key}" is {ours}, but {theirs} in the MAPS.',
    remedy:
      "`gyrus resume` goes on with the settings of the MAPS; train into another folder for those of the file.",
  },
  "resume.other-space": {
    message:
      "{count} of {of} {of|image|images} {count|is|are} stored in another orientation or voxel size than when the training began ({names}).",
    remedy: "Put the images back as they were, or begin a new training.",
  },
  "resume.other-data": {
    message:
      "The {set} set of split {split} is not the one of {group}: {gone} of its rows {gone|is|are} gone or changed, {added} {added|is|are} new.",
    remedy: "Restore the tables as they were, or train anew into another folder.",
  },
  "resume.other-order": {
    message: "The {set} set of split {split} is not the one of {group}: its rows are in another order.",
    remedy: "Restore the tables as they were, or train anew into another folder.",
  },
  "threads.more-than-cores": {
    message: "{threads} threads on {cores} {cores|core|cores} wait for each other and are slower.",
    remedy: 'Set "threads" to 0 for all cores.',
  },
  "training.one-answer": {
    message:
      "Split {split}[, network {network}]: in each of {epochs} {epochs|epoch|epochs} every validation image got the same answer ({classes}): nothing was learned.",
    remedy: "Change `learning_rate`, train longer, or look whether the images differ between the classes.",
  },
  "queue.failed": {
    message: "The training of {experiment} did not come to its end.",
    remedy: "Its log says why; the same command with --resume goes on with all that is left.",
  },
  "queue.stopped": {
    message: "{count} {count|training was|trainings were} stopped or not begun: {experiments}.",
    remedy: "The same command with --resume goes on with all that is left.",
  },
  "queue.same-name": {
    message: "Its MAPS would be {maps}, as that of {other}.",
    remedy: "Give one of the files another name.",
  },
  "training.failed": {
    message: "[Split {split}: ][network {network}: ]{reason}",
    remedy: "The log of the training says more.",
  },
  "training.not-finite": {
    message: "The training loss became {loss} in batch {batch} of epoch {epoch} ({images}).",
    remedy: "Lower `learning_rate`, and look at these images for extreme values.",
  },
  "training.stopped": {
    message: "The training was stopped.",
    remedy: "`gyrus resume {maps}` goes on.",
  },
  "results.stopped": {
    message: "It was stopped before all models had done their part.",
    remedy: "Give the command again for what is missing.",
  },
  "engine.cannot-load": {
    message: "{library} cannot be loaded here: {reason}",
    remedy: "{need}",
  },
  "engine.failed": {
    message: "{reason}",
    remedy: "",
  },
  "program.failed": {
    message: "{reason}",
    remedy: "",
  },
  "transfer.metric": {
    message: '"{metric}" cannot be the name of a selection metric: {fault}.',
    remedy: "Choose one of those of the MAPS.",
  },
  "transfer.file": {
    message:
      "{file} is a file, and a transfer begins from a MAPS: a folder with a maps.json and the weights below it.",
    remedy:
      "Give the folder of the MAPS[: {holder} holds this file]. Weights that were trained elsewhere can take the place of the file split-<i>/best-<metric>/model.pth.tar of a MAPS with the same network.",
  },
  "transfer.multi-network": {
    message: "{maps} holds one network a part, this run has one network for all.",
    remedy: 'Set "multi_network" to true, or transfer from another MAPS.',
  },
  "transfer.no-model": {
    message: "There is no {file}: split {split} of the source was not trained, or not selected by {metric}.",
    remedy: 'Give another "transfer_selection_metric", or the splits that the source has.',
  },
  "transfer.does-not-fit": {
    message: "{reason}",
    remedy: "{remedy}",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
