/** The MAPS of Gyrus are opened by ClinicaDL's own code, whatever the experiment has that ClinicaDL has not. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parametersOf, writeMapsJson } from "../../../src/maps/folder/mapsJson";
import { fixture } from "../../support/fixturePath";
import { temporaryFolder } from "../../support/folder";
import { newerExperiments } from "../../support/newerExperiments";
import { pythonWithClinicadl } from "../../support/pytorch";

const FACTS = { partsPerImage: 1, inputSize: [1, 16, 16, 16], outputSize: 2 };
/** ClinicaDL has false for a path of no letters, and null for `use_uncropped_image` of a `custom` preprocessing. */
const asClinicadl = (key: string, value: unknown) =>
  value === "" || (key === "use_uncropped_image" && value === null) ? false : value;
const title = "ClinicaDL 1.6 reads the parameters of every training of Gyrus as they were written";
const python = pythonWithClinicadl();

if (python === undefined) {
  it.skip(`${title} (no Python with ClinicaDL; GYRUS_PYTHON names one)`);
} else {
  it(title, async () => {
    const folder = temporaryFolder();
    const experiments = newerExperiments();
    for (const [name, experiment] of Object.entries(experiments)) {
      mkdirSync(join(folder, name));
      await writeMapsJson(join(folder, name), experiment, FACTS, "0.1.0");
    }
    const maps = Object.keys(experiments).map((name) => join(folder, name));
    const said = execFileSync(python, [fixture("maps/readByClinicadl.py"), ...maps], { encoding: "utf8" });
    const read = JSON.parse(said, asClinicadl);
    for (const [name, experiment] of Object.entries(experiments)) {
      expect(read[name], name).not.toHaveProperty("error");
      const text = JSON.stringify(parametersOf(experiment, FACTS, "0.1.0"));
      expect(read[name], name).toMatchObject(JSON.parse(text, asClinicadl));
    }
  });
}
