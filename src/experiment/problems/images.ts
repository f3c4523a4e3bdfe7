/** What can be wrong with the images of a study: where they are looked for, their headers, their voxels, their parts. */
import type { ProblemWords } from "./words";

export const IMAGE_PROBLEMS = {
  "caps.unreadable": {
    message: "The CAPS folder does not exist or cannot be read.",
    remedy: "Check `caps_directory`.",
  },
  "caps.is-bids": {
    message: "This is a BIDS folder: it holds `sub-*` folders itself.",
    remedy:
      "Give the CAPS folder that Clinica wrote, which holds `subjects`, or read this one by `images` instead of `caps_directory`.",
  },
  "caps.no-subjects": {
    message: "This is not a CAPS folder: it has no `subjects` folder.",
    remedy: "Give the folder that Clinica wrote.",
  },
  "images.key-missing": {
    message: 'Images of "{pipeline}" are not found without {key}.',
    remedy: 'Add "{key}", for instance "{example}".',
  },
  "images.none": {
    message: 'None of {sessions} {sessions|session|sessions} of the tables has an image "{pattern}".',
    remedy: "Check `caps_directory` and `preprocessing_dict` (pipeline, cropped or not).",
  },
  "image.missing": {
    message: '{session} has no image "{pattern}" in {caps}.',
    remedy: "Run Clinica's {pipeline} on it, or remove the row.",
  },
  "image.missing-in-tables": {
    message: '{session} has no image "{pattern}" in {caps}.',
    remedy:
      "Run Clinica's {pipeline} on it, or leave it out of the table that was split ({tables} {tables|table holds|tables hold} it).",
  },
  "image.other-ending": {
    message: 'The name of the image ends otherwise than "{pattern}", which is looked for.',
    remedy: "Compress it by `gzip` where it is a `.nii`; else give it the name that is looked for.",
  },
  "image.ambiguous": {
    message: '{session} has {count} {count|image|images} "{pattern}": {files}.',
    remedy: "Keep one of them, or give a pattern that only one matches.",
  },
  "image.not-read": {
    message: "The image was not read: {reason}.",
    remedy:
      "Start again: a training goes on from its last checkpoint. Where memory is short, lower `n_proc`.",
  },
  "image.no-input": {
    message: "No input was made of the image: {reason}.",
    remedy: "Choose the image again. Where memory is short, close other programs first.",
  },
  "image.size": {
    message: "The image has {size} voxels, the others {expected}.",
    remedy:
      "Set `size` in `space`: every image is then cropped or padded to it as it is read. Or remove the row.",
  },
  "image.constant": {
    message: "Every voxel of the image is {value}[ or {otherwise}].",
    remedy: "Compute the image again, or remove the row.",
  },
  "image.no-number": {
    message: "No voxel of the image is a number: every one is NaN.",
    remedy: "Compute the image again, or remove the row.",
  },
  "image.infinite": {
    message: "The image holds infinite values.",
    remedy: "Compute the image again, or remove the row.",
  },
  "cache.unwritable": {
    message: "Images cannot be kept there: {folder} does not let itself be written to.",
    remedy: "Give a folder of the study as `cache_directory`, or none.",
  },
  "cache.none": {
    message: "The experiment keeps no images on the disk: it has no `cache_directory`.",
    remedy: "Name the experiment whose images are to be removed.",
  },
  "intensity.nothing": {
    message:
      "Nothing of the image can be measured for `intensity`: no voxel of it is chosen, or those that are have one value.",
    remedy: "Look at the image, or choose other voxels by `over`.",
  },
  "intensity.tensors": {
    message: "The tensors of parts do not tell what `intensity` wants to know of whole images.",
    remedy: 'Set `prepare_dl` to false, or `each` to "part".',
  },
  "intensity.tensors-histogram": {
    message: "The landmarks of histograms are fitted on images, not on tensors of their parts.",
    remedy: "Set `prepare_dl` to false, or choose another `kind`.",
  },
  "intensity.range": {
    message: "The first value of `range` is not below the second.",
    remedy: "Give the lower value first.",
  },
  "intensity.head": {
    message:
      'With `center` "head" every image is placed by its own head, so that one mask does not fit them.',
    remedy: 'Set `center` in `space` to "image", or choose voxels by `above`.',
  },
  "intensity.no-landmarks": {
    message:
      "The landmarks of the histograms, which were fitted on the training set, are missing or damaged.",
    remedy: "Take the file from a copy of the MAPS, or resume the training, which fits them anew.",
  },
  "space.no-directions": {
    message: "The header does not say where the axes point, so that they cannot be turned or resampled.",
    remedy:
      'Write the image again with its affine, remove the row, or set `orientation` in `space` to "stored" without `voxel_size`.',
  },
  "space.too-many-voxels": {
    message: "On the grid that `space` asks for the image has {size} voxels; {most} are the most.",
    remedy: "Set a larger `voxel_size` or a smaller `size` in `space`.",
  },
  "nifti.not-nifti": {
    message: "This is not a NIfTI file.",
    remedy: "Give a `.nii` or `.nii.gz` image; convert other formats first.",
  },
  "nifti.pair": {
    message: "This is one of the two files of a `.hdr` and `.img` pair.",
    remedy:
      "Give both these endings and look for the name that ends in `.img`, or convert the pair to one `.nii.gz` file, for instance by `mri_convert IN.img OUT.nii.gz` or `fslchfiletype NIFTI_GZ IN`.",
  },
  "nifti.named-as-pair": {
    message: "The image is whole in one file, and is named like one of a `.hdr` and `.img` pair.",
    remedy: "Give its name the ending `.nii`, or `.nii.gz` where it is compressed.",
  },
  "nifti.pair-image": {
    message: "This is the image of a `.hdr` and `.img` pair, without a header of NIfTI beside it.",
    remedy: "Put its `.hdr` of the same name beside it.",
  },
  "nifti.analyze": {
    message: "The header is of Analyze 7.5, which does not say where left and right are.",
    remedy:
      "Convert the scan again from its DICOM files (`dcm2niix -z y FOLDER`); only where you know the orientation of the Analyze image, `LAS` for instance, make a NIfTI of it: `mri_convert --in_orientation LAS IN.img OUT.nii.gz`.",
  },
  "nifti.other-format": {
    message: "This is {format}, not NIfTI.",
    remedy: "Make a `.nii.gz` file of it: `{command}`.",
  },
  "nifti.other-compression": {
    message: "The file is compressed by {program}, not by gzip.",
    remedy: "Compress it by gzip: `{command}`.",
  },
  "nifti.web-page": {
    message: "This is a web page (HTML or XML), not an image: a download went wrong.",
    remedy: "Download it again, logged in where the server asks for it.",
  },
  "nifti.gzip-twice": {
    message: "The file is compressed twice.",
    remedy: "Unpack it once with `gunzip`.",
  },
  "nifti.colours": {
    message: "The voxels are colours (RGB): a picture for people, not a measurement.",
    remedy: "Give the image from which it was made, or one of its channels as float32.",
  },
  "nifti.complex": {
    message: "The voxels are complex numbers.",
    remedy: "Give their magnitude as float32.",
  },
  "nifti.axes": {
    message: "The image has {count} {count|axis|axes} ({sizes}).",
    remedy: "Give a volume with three axes.",
  },
  "nifti.axis-count": {
    message: "The header counts {count} {count|axis|axes}.",
    remedy: "Give a volume with three axes.",
  },
  "nifti.volumes": {
    message: "The image has more than one volume ({sizes}).",
    remedy: "Give a 3D image: extract one volume, or average them.",
  },
  "nifti.no-voxels": {
    message: "The image has no voxels ({sizes}).",
    remedy: "Write the image again.",
  },
  "nifti.no-offset": {
    message: "The header does not say where the voxels begin.",
    remedy: "Write the image again.",
  },
  "nifti.intercept": {
    message: "The header has a slope ({slope}) but an intercept that is not a number.",
    remedy: "Write the image again with valid scl_slope and scl_inter.",
  },
  "nifti.datatype": {
    message: "Voxels of NIfTI type {type} cannot be read.",
    remedy: "Convert the image to float32.",
  },
  "nifti.gzip": {
    message: "The gzip data is corrupt ({reason}).",
    remedy: "Copy or compute the image again; `gzip -t` tells whether a copy is sound.",
  },
  "nifti.gzip-cut-off": {
    message: "The gzip data is truncated: the file was cut off while it was written or copied.",
    remedy: "Copy or compute the image again; `gzip -t` tells whether a copy is sound.",
  },
  "nifti.too-compressed": {
    message:
      "Its {compressed} {compressed|byte unpacks|bytes unpack} to {content} and more: no image of a scanner is so empty.",
    remedy:
      "Take it from another source. A mask of such a size can be stored without compression, as `.nii`.",
  },
  "nifti.too-large": {
    message: "The header promises {size} voxels of {type}, more than there is memory for.",
    remedy: "If that is wrong, copy or compute the image again; else cut it into smaller ones.",
  },
  "nifti.truncated": {
    message: "The voxels are truncated: {size} {type} need {needed} bytes, the file has {available}.",
    remedy: "Copy or compute the image again.",
  },
  "tensors.missing": {
    message: "{missing} of {count} {count|tensor|tensors} {missing|is|are} missing, {example} for instance.",
    remedy:
      "Run prepare-data with `--save_features`, or set `prepare_dl` to false: then the parts are cut from the image.",
  },
  "tensors.orientation": {
    message:
      "The tensors of {count} of {of} {of|image|images} ({orientations}, {example} for instance) lie on the grid on which the images are stored: a tensor cannot be put on that of `space`.",
    remedy: "Set `prepare_dl` to false: then the parts are cut from the images as `space` has them.",
  },
  "tensor.unreadable": {
    message: "The tensor cannot be read ({reason}).",
    remedy: "Run prepare-data again, or set `prepare_dl` to false.",
  },
  "tensor.shape": {
    message: "The tensor is {type} {size}, not float32 {expected}.",
    remedy: "Run prepare-data again, or set `prepare_dl` to false.",
  },
  "size-reduction.parts": {
    message: "The size of a {mode} cannot be reduced: the reduction is made for whole images.",
    remedy: "Set `size_reduction` to false, or `mode` to image.",
  },
  "size-reduction.nothing-left": {
    message: "Nothing is left of {size} voxels: the reduction is made for images of 169x208x179.",
    remedy: "Set `size_reduction` to false.",
  },
  "patch.too-large": {
    message: "A patch of {patch} voxels does not fit into images of {size}.",
    remedy: "Choose at most {most}.",
  },
  "slices.all-discarded": {
    message: "Nothing is left of {slices} {slices|slice|slices} when {first} and {last} are discarded.",
    remedy: "Discard fewer.",
  },
  "slices.too-many": {
    message: "{asked} {asked|slice is|slices are} asked, {left} {left|is|are} left of {slices}.",
    remedy: "Ask for fewer, or leave num_slices out.",
  },
  "regions.name": {
    message: '"{name}" cannot be the name of a region or a template: {fault}.',
    remedy: "Write it as it stands in the names of the masks.",
  },
  "regions.no-template": {
    message: "Masks for `custom` images are found by the name of their template.",
    remedy: 'Add "roi_custom_template": the folder of the masks is `masks/tpl-<template>` in the CAPS.',
  },
  "regions.no-mask": {
    message: 'There is no mask of "{region}" in {folder}: `{pattern}`[, {crop}].',
    remedy: "Put the mask there, or correct `roi_list`.",
  },
  "regions.unequal": {
    message: "The regions differ in size: {sizes}.",
    remedy: "Give masks whose boxes have one size, or set `uncropped_roi` to true.",
  },
  "regions.head": {
    message:
      'With `center` "head" every image is placed by its own head, so that a region mask, which has one place, does not fit them.',
    remedy: 'Set `center` in `space` to "image", or take another `mode` than roi.',
  },
  "regions.no-hippocampi": {
    message:
      "Without `roi_list` the regions are the hippocampi in cropped t1-linear images of {expected}; these are {pipeline} images of {size}.",
    remedy: "Name the regions in `roi_list` and put their masks into the CAPS.",
  },
  "regions.foreign-masks": {
    message: 'The masks of the cohort "{cohort}" are used for all cohorts.',
    remedy: "List the cohort with the right masks first.",
  },
  "mask.size": {
    message: "The mask has {size} voxels, the images {expected}.",
    remedy: "Resample the mask to the images, or choose the mask of their crop.",
  },
  "mask.not-binary": {
    message: "The mask holds {value}, not only 0 and 1.",
    remedy: "Binarise the mask.",
  },
  "mask.empty": {
    message: "The mask is empty.",
    remedy: "Give a mask with ones.",
  },
} as const satisfies Readonly<Record<string, ProblemWords>>;
