/** What the voxels of a study tell, once its images have been read. */
import type { VoxelFacts } from "../data/nifti/voxelFacts";
import type { Problem } from "../experiment/problems/problem";
import type { Acceptable, Progress } from "./check";
import { findingsOf } from "./findings";
import type { Study } from "./study";

/** The worst first. @param facts of each image, by its file; @param accepted what the user lets pass; @param onProgress of pairs that are compared */
export const auditVoxels = (
  study: Study,
  facts: ReadonlyMap<string, VoxelFacts>,
  accepted: ReadonlySet<Acceptable> = new Set(),
  onProgress?: Progress,
): readonly Problem[] => findingsOf(withVoxels(study, facts), ["voxels"], accepted, onProgress);

/** The study with what was read of its images. */
export const withVoxels = (study: Study, facts: ReadonlyMap<string, VoxelFacts>): Study => ({
  ...study,
  scans: study.scans.map((scan) => ({ ...scan, voxels: facts.get(scan.file) ?? scan.voxels })),
});
