/** House rules that no linter knows: how long a file may be, how many stand in one folder, how privacy is said. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const LONGEST_FILE = 330;
const FULLEST_FOLDER = 30;

const folders = ["src", "webview"].flatMap((room) => withFolders(join(root, room)));
const files = folders.flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map(({ name }) => join(folder, name)),
);

function withFolders(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inner.flatMap(({ name }) => withFolders(join(folder, name)))];
}

const offenders = (places: readonly string[], offends: (place: string) => boolean) =>
  places.filter(offends).map((place) => relative(root, place));

describe("the house", () => {
  it(`has no file of more than ${LONGEST_FILE} lines`, () => {
    const lines = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;
    expect(offenders(files, (file) => lines(file) > LONGEST_FILE)).toEqual([]);
  });

  it(`has no folder of more than ${FULLEST_FOLDER} files`, () => {
    const count = (folder: string) =>
      readdirSync(folder, { withFileTypes: true }).filter((e) => e.isFile()).length;
    expect(offenders(folders, (folder) => count(folder) > FULLEST_FOLDER)).toEqual([]);
  });

  it("says privacy with #, which holds at run time too", () => {
    // A decorated accessor and a constructor cannot.
    const said = /^\s*private (?!accessor |constructor\()|^\s*@\w+\(.*\) private (?!accessor )/m;
    expect(offenders(files, (file) => said.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("leaves nothing for later", () => {
    const later = /\b(TODO|FIXME|XXX|HACK)\b/;
    expect(offenders(files, (file) => later.test(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("has no drawer for what found no place", () => {
    const drawers = /(^|\/)(utils?|helpers?|common|misc|index)(\.ts)?$/i;
    expect(offenders([...files, ...folders], (place) => drawers.test(place))).toEqual([]);
  });
});
