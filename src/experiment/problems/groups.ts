/** What can be wrong with a data group: what it holds, and whom the networks know of it. */
import type { ProblemWords } from "./words";

export const GROUP_PROBLEMS = {
  "group.no-columns": {
    message: "The table has no participant_id and session_id columns.",
    remedy: "Restore the file from a copy of the MAPS, or name another group.",
  },
  "group.settings": {
    message: 'The settings of the data group "{group}" are not JSON.',
    remedy: "Restore the file from a copy of the MAPS, or name another group.",
  },
  "group.unreadable": {
    message: 'The data group "{group}" cannot be read.',
    remedy: "Restore the file from a copy of the MAPS, or name another group.",
  },
  "group.of-training": {
    message:
      'The group "{group}" belongs to the training, which has predicted it: see split-<i>/best-<metric>/{group}.',
    remedy: "Give other data another name; to explain these images, another name and --skip-leak-check.",
  },
  "group.name": {
    message: 'A group cannot be called "{group}": {fault}.',
    remedy: "Choose another name, test for instance.",
  },
  "group.unknown": {
    message: 'There is no group "{group}" yet.',
    remedy: "Give its CAPS and its table (--caps and --tsv).",
  },
  "group.caps-moved": {
    message: 'The CAPS of the group "{group}" is not at {caps}.',
    remedy: "Say where it stands now (--caps).",
  },
  "group.other-sessions": {
    message: 'The group "{group}" of this MAPS holds other sessions than the table.',
    remedy: "Choose another name for the group.",
  },
  "group.input-size": {
    message: "The inputs are {size}, those of the training {expected}.",
    remedy: "Give images that were processed as those of the training.",
  },
  "group.parts": {
    message: "An image gives {parts} {parts|part|parts}, an image of the training gave {expected}.",
    remedy: "Give images that were processed as those of the training.",
  },
  "group.leak": {
    message:
      "{count} of {people} {people|participant|participants} of the group {count|was|were} in the training or validation sets: {named}[ and {more} more].",
    remedy:
      "Their results would be too good. --leave-out predicts the others, --skip-leak-check all of them all the same.",
  },
  "group.everyone-known": {
    message:
      "Everybody in the group was in the training or validation sets: {count} {count|participant|participants}.",
    remedy:
      "Choose a table of other people: the results would be too good. --skip-leak-check predicts them all the same.",
  },
  "group.known-left-out": {
    message:
      "{count} of {people} {people|participant|participants} {count|is|are} left out, for the networks know {count|that person|them}: {named}[ and {more} more].",
    remedy: "",
  },
  "group.copies": {
    message:
      'The networks were trained or chosen on {count} {count|image|images} of {people} {people|person|people} of the data group "{group}", under other names, {how}: {names}.',
    remedy:
      "Their results would be too good. --leave-out predicts the others, --skip-leak-check all of them all the same.",
  },
  "group.scans-not-compared": {
    message:
      'Whether the data group "{group}" holds copies of training images under other names cannot be said: the MAPS does not keep by which voxels these are known.',
    remedy: "`gyrus audit` with --maps compares the images themselves.",
  },
  "group.no-row-of-diagnoses": {
    message: "No row has one of the diagnoses {asked}.",
    remedy:
      "Ask for other diagnoses (--diagnoses), without labels (--no-labels) where the networks do not know them.",
  },
  "group.rows-left-out": {
    message:
      "{left} of {rows} {rows|row|rows} {left|is left out: its diagnosis is|are left out: their diagnosis is} none of {asked}.",
    remedy:
      "Ask for other diagnoses (--diagnoses), without labels (--no-labels) where the networks do not know them.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
