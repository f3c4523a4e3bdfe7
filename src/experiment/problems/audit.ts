/** What an audit finds in a study: leaks between its sets, and what else than the disease tells the classes apart. */
import type { ProblemWords } from "./words";

export const AUDIT_PROBLEMS = {
  "split.leak": {
    message:
      "{count} {count|participant|participants} of the validation set of split {split} {count|is|are} in its training set too ({names}).",
    remedy: "Keep each participant in one set: split by participant, as `gyrus tsv split` does.",
  },
  "audit.group-leak": {
    message:
      'The networks were trained or chosen on {count} {count|participant|participants} of the data group "{group}" ({names}).',
    remedy: "Remove them from the group: its results are too good.",
  },
  "audit.images-of-group": {
    message:
      '{count} of the {of} {of|image|images} of the data group "{group}" {count|was|were} not found: whether {count|it is a copy|they are copies} of other scans cannot be said.',
    remedy: 'Put them back, or correct "caps_directory" in the maps.json of the group.',
  },
  "audit.transfer-leak": {
    message:
      "The source of the transfer, {source}, was trained on {count} {count|participant|participants} of the validation set of split {split} ({names}).",
    remedy: "Train the source on the same splits, or on other people.",
  },
  "audit.transfer-copies": {
    message:
      "The source of the transfer, {source}, was trained on {count} {count|image|images} of the validation set of split {split}, under other names, {how}: {names}.",
    remedy: "Train the source on the same splits, or on other people.",
  },
  "audit.transfer-not-compared": {
    message:
      "Whether validation images are copies of what the source of the transfer, {source}, has learned from cannot be said for {count} of the {of} training {of|image|images} of the source: it does not keep by which voxels they are known.",
    remedy: "`gyrus audit` compares the images themselves where they still stand.",
  },
  "audit.same-scan-in-sets": {
    message:
      "{count} {count|scan stands|scans stand} under several names in sets that must not share any, {how}: {names}.",
    remedy: "Keep one row of each: the network would answer from memory.",
  },
  "audit.same-scan": {
    message: "{count} {count|scan stands|scans stand} under several names, {how}: {names}.",
    remedy: "Keep one row of each: it counts twice, and another split may part them.",
  },
  "audit.class-by-number": {
    message:
      "The {trait} tells {one} from {other}: mean {mean} against {otherMean}, Cohen's d {d}, Cliff's delta {delta}; the best threshold alone has a balanced accuracy of {accuracy} ({people} {people|person|people}).",
    remedy:
      "The network may learn it in place of the disease: choose people of like values (`gyrus tsv split` balances age and sex), and report results within a narrow range of it.",
  },
  "audit.class-by-value": {
    message:
      "The class follows {trait}: Cramer's V {v}; the best rule from it alone has a balanced accuracy of {accuracy} ({people} {people|person|people}; {counts}).",
    remedy:
      "The network may learn it in place of the disease: take people of every class from each of its values, and test on others.",
  },
  "audit.near-copies": {
    message:
      "{count} {count|pair|pairs} of scans of different people {count|is|are} almost the same (correlation of their details from {least} to {most}; {typical} is typical of this study): {names}[; {crossing} of them in sets that must not share any].",
    remedy: "Look at them: one may be a copy of the other. Then keep one of them.",
  },
  "space.orientation-mixed": {
    message:
      "The images are not all stored in one orientation: {usual} in {count}, {others}. A network is fed the array as it is stored, where LAS is the mirror image of RAS.",
    remedy: 'Set `orientation` in `space` to "canonical": every image is then turned to RAS+ as it is read.',
  },
  "space.voxel-size-mixed": {
    message: "The voxels of the images are not all of one size: {usual} in {count}, {others}.",
    remedy:
      "Set `voxel_size` in `space`: every image is then resampled as it is read. Or leave out those of another.",
  },
  "augmentation.frames-mixed": {
    message:
      "`augmentation` takes the axes of the body and their directions from the first image, and the training images are not all stored in one orientation: {groups}. In some of them {kinds} would work along other axes, or the other way, than is meant.",
    remedy: 'Set `orientation` in `space` to "canonical": every image is then turned to RAS+ as it is read.',
  },
  "space.orientation-tells-class": {
    message:
      "The orientation in which the images are stored tells their class: the best rule has a balanced accuracy of {accuracy} ({groups}). A network would learn it instead of the brain.",
    remedy: 'Set `orientation` in `space` to "canonical": every image is then turned to RAS+ as it is read.',
  },
  "space.voxel-size-tells-class": {
    message:
      "The voxel size of the images tells their class: the best rule has a balanced accuracy of {accuracy} ({groups}). A network would learn it instead of the brain.",
    remedy: "Set `voxel_size` in `space`: every image is then resampled as it is read.",
  },
  "space.orientation-of-validation": {
    message:
      "Of {of} validation {of|image|images} of split {split} none is stored in an orientation that a training image has: {found} here, {trained} there.",
    remedy: 'Set `orientation` in `space` to "canonical": every image is then turned to RAS+ as it is read.',
  },
  "space.voxel-size-of-validation": {
    message:
      "Of {of} validation {of|image|images} of split {split} none has a voxel size that a training image has: {found} here, {trained} there.",
    remedy: "Set `voxel_size` in `space`: every image is then resampled as it is read.",
  },
  "space.orientation-other": {
    message:
      "{count} of {of} {of|image|images} {count|is|are} stored in an orientation ({found}) that no training image has ({trained}): {names}. The networks see another brain than they were taught.",
    remedy:
      'Store them as the training images are, or train with `orientation` in `space` set to "canonical".',
  },
  "space.voxel-size-other": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a voxel size ({found}) that no training image has ({trained}): {names}.",
    remedy: "Resample them as the training images were, or train with `voxel_size` in `space`.",
  },
  "space.orientation-of-mask": {
    message:
      "{count} of {of} region {of|mask|masks} {count|is|are} stored in another orientation ({found}) than {images} of {all} {all|image|images} ({stored}): {names}. {count|It cuts other tissue out of these images than it marks|They cut other tissue out of these images than they mark}.",
    remedy:
      'Store masks and images alike, or set `orientation` in `space` to "canonical": both are then turned to RAS+ as they are read.',
  },
  "space.voxel-size-of-mask": {
    message:
      "{count} of {of} region {of|mask|masks} {count|has|have} another voxel size ({found}) than {images} of {all} {all|image|images} ({stored}): {names}. {count|It cuts other tissue out of these images than it marks|They cut other tissue out of these images than they mark}.",
    remedy: "Resample the masks to the grid of the images.",
  },
  "space.origin-of-mask": {
    message:
      "{count} of {of} region {of|mask|masks} {count|lies|lie} elsewhere than {images} of {all} {all|image|images} by what their headers say, by up to {distance} mm: {names}. Masks are laid on the array of an image, voxel on voxel, whatever the headers say.",
    remedy: "Look whether the masks fit the images; if they do not, resample them to the grid of the images.",
  },
  "space.orientation-of-hippocampi": {
    message:
      "The built-in hippocampi are places in an image whose orientation is RAS, and {images} of {all} {all|image|images} {images|is|are} stored otherwise ({stored}). There other tissue is cut, or the other side.",
    remedy:
      'Set `orientation` in `space` to "canonical": every image is then turned to RAS+ as it is read. Or name masks in `roi_list`.',
  },
  "space.voxel-size-of-hippocampi": {
    message:
      "The built-in hippocampi are places in an image with voxels of {found}, and {images} of {all} {all|image|images} {images|is|are} stored otherwise ({stored}).",
    remedy: "Name masks of these images in `roi_list`, or resample the images to 1 mm.",
  },
  "space.orientation-of-source": {
    message:
      "{count} of {of} {of|image|images} {count|is|are} stored in an orientation ({found}) that no image has that the source of the transfer, {source}, was trained on ({trained}): {names}.",
    remedy:
      'Set `orientation` in `space` to "canonical" here and for the source: what its weights know of places would be lost otherwise.',
  },
  "space.voxel-size-of-source": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a voxel size ({found}) that no image has that the source of the transfer, {source}, was trained on ({trained}): {names}.",
    remedy: "Resample them as the images of the source were: its weights expect structures of that size.",
  },
  "space.source-unknown": {
    message:
      "How the images are stored that the source of the transfer, {source}, was trained on is not recorded in it, and they are not found: it could not be compared with these images.",
    remedy: "Make sure that orientation and voxel size are the same.",
  },
  "space.training-unknown": {
    message:
      "How the training images are stored is not recorded in the MAPS, and they are not found in {caps}: it could not be compared with these images.",
    remedy: "Make sure that orientation and voxel size are those of the training.",
  },
  "header.no-form": {
    message:
      "{count} of {of} {of|image|images} {count|does not say where its|do not say where their} axes point, since neither qform nor sform has a code: LAS is taken, as nibabel does ({names}).",
    remedy: "Write the affine into them where that is wrong.",
  },
  "header.forms-differ": {
    message:
      "In {count} of {of} {of|image|images} qform and sform put the voxels in different places: the sform is taken, as nibabel does ({names}).",
    remedy: "Where the qform is the right one, copy it to the sform.",
  },
  "header.form-code": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a qform or sform code that the standard does not know, which counts as none, as in nibabel ({names}).",
    remedy: "Write the images again with a code from 0 to 5.",
  },
  "header.negative-size": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a negative voxel size in pixdim: the sign is left out, as nibabel does ({names}).",
    remedy: "Make sure that no axis was meant to be flipped; write the images again.",
  },
  "header.zero-size": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a voxel size of 0 in pixdim, for which 1 mm is taken, as nibabel does ({names}).",
    remedy: "Write the images again with their voxel size.",
  },
  "header.size-no-number": {
    message:
      "{count} of {of} {of|image|images} {count|has|have} a voxel size in pixdim that is no number (NaN): 1 mm is taken where no sform tells it ({names}).",
    remedy: "Write the images again with their voxel size.",
  },
  "header.affine": {
    message:
      "The affine of {count} of {of} {of|image|images} gives no directions: left and right are not known ({names}).",
    remedy: "Write the images again with their affine, or leave them out.",
  },
  "intensity.squashed": {
    message:
      "In {count} of {of} {of|image|images} a few voxels lie so far from all others that min-max normalisation leaves the brain nearly black ({examples}).",
    remedy: "Clip or mend these voxels, or leave the images out.",
  },
  "intensity.outliers": {
    message: "In {count} of {of} {of|image|images} a few voxels lie far from all others ({examples}).",
    remedy: "Clip or mend these voxels, or leave the images out.",
  },
  "intensity.not-numbers": {
    message:
      "{count} of {of} {of|image|images} {count|holds|hold} voxels that are no numbers (NaN), which become 0 ({examples}).",
    remedy: "Nothing is lost where they are the background; else compute the images again.",
  },
  "audit.plain-as-gzip": {
    message:
      "The {count|file|files} of {count} of {of} {of|image|images} {count|is|are} named .gz and {count|is|are} not compressed ({names}).",
    remedy:
      "{count|It is read as it is|They are read as they are}; other programs go by the name: compress or rename {count|it|them}.",
  },
  "audit.gzip-as-plain": {
    message:
      "The {count|file|files} of {count} of {of} {of|image|images} {count|is|are} compressed by gzip and not named .gz ({names}).",
    remedy:
      "{count|It is read as it is|They are read as they are}; other programs go by the name: rename {count|it|them}.",
  },
  "audit.trailing-bytes": {
    message:
      "The {count|file|files} of {count} of {scans} {scans|image|images} {count|goes|go} on after the end of {count|its|their} gzip data ({names}).",
    remedy:
      "{count|It is|They are} read, and what follows is ignored, as gzip does it. Copy or compute {count|it|them} again when in doubt.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
