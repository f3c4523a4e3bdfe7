/**
 * Makes the contact sheet of docs/augmentation.md: a demo brain without transforms, and after each kind of `augmentation` at one strength,
 * in the plane through its middle, left on the left. `npm run pictures:augmentation -- --output FILE` writes it elsewhere.
 */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { transformInput } from "../src/data/augmentation/augmentation";
import { inputFrame } from "../src/data/augmentation/inputFrame";
import { AD_CN, drawPerson } from "../src/data/demo/demoPeople";
import { PHANTOM_SHAPE, phantomAffine, scanPhantom } from "../src/data/demo/phantom";
import { augmentationSchema, type TransformKind } from "../src/experiment/schema/augmentation";
import { RandomGenerator } from "../src/network/weights/random";
import { pngOf } from "../src/report/figures/png";
import { launchChromium } from "../test/support/chromium";

/** One strength of each kind, at which an eye sees in a plane what it does. */
const STRENGTHS: Readonly<Record<TransformKind, object>> = {
  flip: {},
  affine: { degrees: [12, 12], scales: [0.95, 0.95] },
  elastic: { max_displacement: 15 },
  anisotropy: { axes: ["posterior-anterior"], factor: [5, 5] },
  gamma: { gamma: [1.8, 1.8] },
  noise: { std: [0.15, 0.15] },
  blur: { sigma: [6, 6] },
  bias_field: { coefficients: [-0.9, 0.9] },
  ghosting: { intensity: [1, 1], ghosts: [5, 5] },
  motion: { degrees: [-10, 10], translation: [-10, 10], movements: 3 },
  spike: { intensity: [1, 1] },
  contrast: { factor: [0.4, 0.4] },
  brightness: { factor: [1.3, 1.3] },
  erasing: { cuboids: [6, 6], size: [0.2, 0.3] },
  swap: { size: 10, exchanges: 20 },
};

const SEED = 36;
/** Pixels of the picture along the edge of a voxel. */
const ENLARGED = 3;
const COLUMNS = 8;

const { values: options } = parseArgs({
  options: {
    output: { type: "string", default: resolve(import.meta.dirname, "../docs/pictures/augmentation.png") },
  },
});

const [nx, ny, nz] = PHANTOM_SHAPE;
const brain = scanBrain();
const cells = [
  cell("(none)", brain),
  ...Object.entries(STRENGTHS).map(([kind, strength]) => cell(kind, transformed({ kind, ...strength }))),
];
await writeFile(options.output, await photographed(cells));

/** Values from 0 to 0.8: brighter ones are seen too. */
function scanBrain(): Float32Array {
  const random = new RandomGenerator(SEED);
  const person = drawPerson("sub-001", AD_CN, 0, random);
  const { data } = scanPhantom(person.anatomyAt(0), random);
  const largest = data.reduce((most, value) => Math.max(most, value), 0);
  return Float32Array.from(data, (value) => (0.8 * value) / largest);
}

function transformed(settings: object): Float32Array {
  const asked = augmentationSchema.parse({ transforms: [{ ...settings, probability: 1 }] });
  if (asked === null) throw new Error("no transforms");
  const frame = inputFrame(phantomAffine, { mode: "image" }, null);
  const values = brain.slice();
  transformInput(values, [1, ...PHANTOM_SHAPE], { ...asked, frame }, SEED);
  return values;
}

/** A name above the plane through the middle, front at the top. */
function cell(name: string, values: Float32Array): string {
  const rgb = new Uint8Array(3 * nx * ny);
  for (let y = 0; y < ny; y++) {
    for (let x = 0; x < nx; x++) {
      const value = values[(x * ny + (ny - 1 - y)) * nz + nz / 2] ?? 0;
      rgb.fill(Math.min(255, Math.max(0, Math.round(255 * value))), 3 * (y * nx + x), 3 * (y * nx + x + 1));
    }
  }
  const png = Buffer.from(pngOf({ width: nx, height: ny, rgb })).toString("base64");
  return `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png}"></figure>`;
}

async function photographed(figures: readonly string[]): Promise<Uint8Array> {
  const style = `
    body { margin: 0; background: white; color: black; font: 14px sans-serif; }
    main { display: grid; grid-template-columns: repeat(${COLUMNS}, max-content); gap: 8px 6px; padding: 6px; width: max-content; }
    figure { margin: 0; }
    img { display: block; margin-top: 3px; width: ${ENLARGED * nx}px; height: ${ENLARGED * ny}px; image-rendering: pixelated; }`;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 500 } });
    await page.setContent(`<style>${style}</style><main>${figures.join("")}</main>`);
    return await page.locator("main").screenshot();
  } finally {
    await browser.close();
  }
}
