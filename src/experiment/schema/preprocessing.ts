/**
 * `preprocessing_dict`: which image of a session is read, and which part of it the network sees. Keys are ClinicaDL's
 * (prepare-data writes them to `tensor_extraction/*.json`, training copies them to maps.json).
 */
import { z } from "zod";

const PIPELINES = ["t1-linear", "flair-linear", "pet-linear", "custom"] as const;
export const MODES = ["image", "patch", "roi", "slice"] as const;
export const SUVR_REGIONS = ["pons", "cerebellumPons", "pons2", "cerebellumPons2"] as const;

export const preprocessingSchema = z.looseObject({
  preprocessing: z
    .enum(PIPELINES)
    .default("t1-linear")
    .describe("Clinica pipeline whose output is read, or `custom` with `custom_suffix`."),
  mode: z
    .enum(MODES)
    .default("image")
    .describe("What the network sees: the whole image, patches, regions or slices."),
  use_uncropped_image: z
    .boolean()
    .nullable()
    .default(false)
    .describe("Read the image of 193x229x193 voxels instead of the one cropped to 169x208x179."),
  prepare_dl: z
    .boolean()
    .default(false)
    .describe("Read parts that prepare-data saved as tensors instead of cutting them from the image."),
  extract_json: z.string().optional().describe("Name of the JSON file that prepare-data wrote."),
  file_type: z
    .looseObject({
      pattern: z.string(),
      description: z.string().optional(),
      needed_pipeline: z.string().optional(),
    })
    .optional()
    .describe("Glob pattern of the image below the session folder; found from `preprocessing` when absent."),
  custom_suffix: z
    .string()
    .optional()
    .describe("With `custom`: the end of the file name, `graymatter_T1w.nii.gz` for instance."),
  tracer: z.string().optional().describe("With `pet-linear`: tracer label, `18FFDG` for instance."),
  suvr_reference_region: z
    .enum(SUVR_REGIONS)
    .optional()
    .describe("With `pet-linear`: region of the SUVR normalisation."),
  patch_size: z.int().positive().default(50).describe("Edge of a cubic patch, in voxels."),
  stride_size: z
    .int()
    .positive()
    .default(50)
    .describe("Distance between the origins of neighbouring patches, in voxels."),
  slice_direction: z
    .union([z.literal(0), z.literal(1), z.literal(2)])
    .default(0)
    .describe("0 sagittal, 1 coronal, 2 axial."),
  slice_mode: z.enum(["single", "rgb"]).default("rgb").describe("`rgb` repeats the slice on three channels."),
  discarded_slices: z
    .union([z.int().nonnegative(), z.array(z.int().nonnegative()).min(1).max(2)])
    .default([0, 0])
    .describe("Number of slices left out at the beginning and at the end."),
  num_slices: z.int().positive().optional().describe("Number of slices read, when not all."),
  roi_list: z
    .array(z.string())
    .nullable()
    .default(null)
    .describe("Regions: masks `*_roi-<name>_mask.nii.gz` of the CAPS; `null`: both hippocampi (t1-linear)."),
  uncropped_roi: z
    .boolean()
    .default(false)
    .describe("Keep the size of the image and only zero what is outside the mask."),
  roi_custom_template: z
    .string()
    .default("")
    .describe("With `custom`: template name of the masks folder `tpl-<template>`."),
  roi_custom_mask_pattern: z
    .string()
    .default("")
    .describe("With `custom`: text that the mask's file name contains."),
});

export type Preprocessing = z.infer<typeof preprocessingSchema>;
export type Mode = (typeof MODES)[number];
