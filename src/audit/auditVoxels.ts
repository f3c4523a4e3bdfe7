/** What the voxels of a planned training tell, once its images have been read. */
import type { VoxelFacts } from "../data/nifti/voxelFacts";
import type { DataPlan } from "../data/plan/experimentData";
import type { Experiment } from "../experiment/experiment";
import type { Problem } from "../experiment/problems/problem";
import type { Acceptable } from "./check";
import { findingsOf } from "./findings";
import { planStudy } from "./gather/planStudy";
import type { Study } from "./study";

/** The worst first. @param facts of each image, by its file; @param accepted what the user lets pass */
export async function auditVoxels(
  experiment: Experiment,
  plan: DataPlan,
  facts: ReadonlyMap<string, VoxelFacts>,
  accepted: ReadonlySet<Acceptable> = new Set(),
): Promise<readonly Problem[]> {
  return findingsOf(withVoxels(await planStudy(experiment, plan), facts), ["voxels"], accepted);
}

/** The study with what was read of its images. */
export const withVoxels = (study: Study, facts: ReadonlyMap<string, VoxelFacts>): Study => ({
  ...study,
  scans: study.scans.map((scan) => ({ ...scan, voxels: facts.get(scan.file) ?? scan.voxels })),
});
