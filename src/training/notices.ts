/** What a training or a prediction tells while it works, as words with places for values, to be said in any language. */
import type { NamesIn, Phrase, Value } from "../experiment/problems/words";

/** English, by the name that the code uses. */
export const NOTICES = {
  "set-of-split":
    "Split {split}, {set}: {sessions} {sessions|session|sessions} of {people} {people|person|people}[ ({classes})].",
  "left-out-of-set": "  left out, {left}",
  "diagnoses-inferred":
    "  inferred, no table tells it: the diagnosis of {count} {count|session|sessions}, from ADNI's changes or the visits before and after ({some})",
  "step-times": "One step of this network: {times}. It trains on {device}.",
  "answer-times": "A batch through this network: {times}. It is computed on {device}.",
  "step-time": "{seconds} s on {device}",
  "step-time-short": "{milliseconds} ms on {device}",
  "step-impossible": "cannot be made on {device} ({reason})",
  "the-processor": "the processor",
  "card-not-used": "There is a graphics card, {card}, but it is not used: {reason}",
  "engine-kept": "This training began on {device} and stays there; `--engine` chooses another engine.",
  "networks-in-turn": "The networks train in turn: {library} ({device}) does not train several side by side.",
  "splits-in-turn": "The splits train in turn: {library} ({device}) does not train several side by side.",
  "splits-at-once":
    "{splits} {splits|split trains|splits train} side by side, each of {splits|its|their} networks with {threads} {threads|thread|threads}.",
  "split-finished": "Split {split} has finished already.",
  "split-left": "Split {split} is left to others.",
  "waited-for-images":
    "Split {split}[, network {network}]: the {device} waited for images {percent} % of the time. More memory for decoded images (`cache_gb`), more workers (`n_proc`) or fewer transforms (`data_augmentation`, `augmentation`) shorten that.",
  "accumulation-changed":
    "The rule of `accumulation_steps` has changed since this training began: each batch of a weight update now weighs its samples (with class weights: the sum of their weights), where all batches weighed the same. Networks whose curves may bend here: {networks} (split {splits}).",
  transferred:
    "Split {split}[, network {network}]: {taken} {taken|tensor|tensors} of this {to} {taken|starts|start} from the {from} {source}[; {kept} {kept|begins|begin} anew ({keptParts})][; {unused} of the source {unused|is|are} not used ({unusedParts})].",
  "parts-together":
    "Split {split}, best-{metric}: {figures} on the validation images, whose {parts} parts answer together.",
  "no-part-above-zero":
    "Split {split}, best-{metric}: no part has a balanced accuracy above 0 on the validation set, so all weigh the same.",
  "no-part-reaches":
    "Split {split}, best-{metric}: no part reaches the selection threshold {threshold}, so all weigh the same.",
  "no-validation-predictions": "Split {split}, best-{metric}: without {file} all parts weigh the same.",
  "waiting-for-guard":
    "Waiting for another process to leave {file}, which it touched last at {time}; Ctrl+C ends the wait ...",
  "waiting-for-sign":
    "The trainer on {host} (process {pid}) gave its last sign at {time}. Waiting up to {seconds} s for another one, to know whether it is gone; Ctrl+C ends the wait ...",
} as const;

type NoticeName = keyof typeof NOTICES;
type NoticeValues<Name extends NoticeName> = {
  readonly [Key in NamesIn<(typeof NOTICES)[Name]>]: Value;
};

/** A sentence for the user, before it is made. */
export type Notice = Phrase;

/** A notice of the table with its values. */
export function notice<Name extends NoticeName>(name: Name, values: NoticeValues<Name>): Notice {
  return { template: NOTICES[name], values };
}
