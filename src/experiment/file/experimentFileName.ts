/** How experiment files are named, by which the editor knows them among all other JSON. */
import { basename } from "node:path";

export const EXPERIMENT_ENDING = ".experiment.json";

/** Whether `path` is called `<something>.experiment.json`. */
export const isExperimentFile = (path: string): boolean => path.endsWith(EXPERIMENT_ENDING);

/** `study/ad-cn.experiment.json` -> `ad-cn` */
export const experimentName = (path: string): string => basename(path, EXPERIMENT_ENDING);
