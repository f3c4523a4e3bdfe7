/** The curves of a MAPS as TensorBoard reads them: a folder a network, an event file in each. */
import { join } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { entriesOf } from "../../files/reader";
import { readTable } from "../../maps/events/curves";
import { findPlace, networksOf, splitNames } from "../../maps/folder/splits";
import { eventFile, type ScalarEvent } from "./eventFile";

/** So that it is known for what it is: TensorBoard looks for `tfevents` in names. */
const FILE = "events.out.tfevents.0.gyrus";

/** Steps are evaluations from 1, which are epochs unless `evaluation_steps` asks for more. @returns the files */
export async function exportCurves(maps: string, folder: string): Promise<readonly string[]> {
  const place = await findPlace(maps);
  const { splits } = splitNames(await entriesOf(maps));
  const files: string[] = [];
  for (const split of splits) {
    for (const network of await networksOf(place.split(split))) {
      const { rows } = await readTable(place.split(split).network(network));
      if (rows.length === 0) continue;
      const events = rows.flatMap(({ time, train, validation }, i) =>
        Object.entries({ train, validation }).flatMap(([set, metrics]) =>
          Object.entries(metrics).map(
            ([name, value]): ScalarEvent => ({ tag: `${name}/${set}`, step: i + 1, time, value }),
          ),
        ),
      );
      const run = network === null ? `split-${split}` : `split-${split}-network-${network}`;
      const file = join(folder, run, FILE);
      await writeAtomically(file, eventFile(events));
      files.push(file);
    }
  }
  return files;
}
