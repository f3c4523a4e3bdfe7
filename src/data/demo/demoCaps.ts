/** Writes the demo: a CAPS of made-up brains with the tables that tsvtools would write for it. */
import { join } from "node:path";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import { writeNifti } from "../nifti/niftiWrite";
import { AD_CN, type DemoContrast, type DemoPerson, drawPerson } from "./demoPeople";
import { type DemoTables, sessionOf, writeDemoTables } from "./demoTables";
import { hippocampusMask, PHANTOM_SHAPE, type Phantom, phantomAffine, scanPhantom } from "./phantom";

export interface DemoOptions {
  readonly seed: number;
  /** Half of them in each group of the contrast. */
  readonly participants?: number;
  readonly contrast?: DemoContrast;
  /** Where they were scanned: as many people of either group and sex at each. */
  readonly sites?: readonly string[];
  /** What the ids of the participants begin with. */
  readonly prefix?: string;
  readonly onProgress?: (imagesDone: number, images: number) => void;
}

/** Where the demo stands. */
export interface DemoStudy extends DemoTables {
  /** `caps_directory` */
  readonly caps: string;
}

/**
 * Writes `folder/caps` (t1-linear, cropped, one or two sessions a participant, masks of the hippocampi) and the tables beside it.
 * The same seed gives the same bytes.
 */
export async function writeDemo(folder: string, options: DemoOptions): Promise<DemoStudy> {
  const { seed, participants = 96, contrast = AD_CN, sites = SITES, prefix = "sub-demo" } = options;
  const { onProgress = () => {} } = options;
  const people = Array.from({ length: participants }, (_, i) => {
    const id = `${prefix}${String(i + 1).padStart(3, "0")}`;
    return drawPerson(id, contrast, i % 2 === 0 ? 0 : 1, new RandomGenerator(deriveSeed(seed, "person", i)));
  });
  const caps = join(folder, "caps");
  const images = people.reduce((sum, { visits }) => sum + visits.length, 0);
  let done = 0;
  // One is compressed while the next is drawn.
  let writing: Promise<void> = Promise.resolve();
  for (const person of people) {
    for (const years of person.visits) {
      const scan = drawScan(person, years, seed);
      await writing;
      writing = writeNifti(scanFile(caps, person.participantId, years), scan);
      onProgress(++done, images);
    }
  }
  await writing;
  await writeMasks(caps);
  return { caps, ...(await writeDemoTables(join(folder, "tsv"), people, { seed, sites })) };
}

const SITES = ["site-1", "site-2", "site-3"];

/** Regions for `mode` roi: `leftHippocampus` and `rightHippocampus`, boxes of one size. */
async function writeMasks(caps: string): Promise<void> {
  const template = "tpl-MNI152NLin2009cSym";
  for (const side of ["left", "right"] as const) {
    const name = `${template}_desc-Crop_res-1x1x1_roi-${side}Hippocampus_mask.nii.gz`;
    const mask = { shape: PHANTOM_SHAPE, data: hippocampusMask(side), affine: phantomAffine };
    await writeNifti(join(caps, "masks", template, name), mask);
  }
}

/** The cropped T1 image of a session. */
export function scanFile(caps: string, participantId: string, years: number): string {
  const session = sessionOf(years);
  const name = `${participantId}_${session}_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz`;
  return join(caps, "subjects", participantId, session, "t1_linear", name);
}

function drawScan(person: DemoPerson, years: number, seed: number): Phantom {
  const random = new RandomGenerator(deriveSeed(seed, "scan", person.participantId, years));
  return scanPhantom(person.anatomyAt(years), random);
}
