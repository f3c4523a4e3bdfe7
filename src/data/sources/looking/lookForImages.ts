/** Looks for images of any kind and for tables of people near the user, so that they are offered instead of asked for. */
import { basename, join } from "node:path";
import { entriesOf, lookAt } from "../../../files/reader";
import { collect, mapLimited } from "../../batches/collect";
import { participantColumn } from "../../splits/studyTable";
import { readTable, type Table } from "../../tables/table";
import { BIDS_LAYOUT } from "../bids";
import { isNiftiName } from "../bidsName";
import { CAPS_LAYOUT } from "../caps";
import { bidsOffers } from "./bidsOffers";
import type { ImageOffer } from "./offer";
import { capsOffers, folderOffers, suggestedPattern, tableOffers } from "./otherOffers";
import { isOtherImage, otherFormats, refusedPairs, type UnreadImages } from "./unreadImages";

export interface FoundImages {
  /** Those that the networks were trained on, where they are predicted with; they come first. */
  readonly ofTraining?: ImageOffer;
  /** The places with most images first. */
  readonly offers: readonly ImageOffer[];
  /** Images that are not read as they are. */
  readonly unread: readonly UnreadImages[];
  /** Tables of people, those nearest to the folders that were searched first. */
  readonly tables: readonly string[];
}

/** Folders of programs, of splits and of results: no data of a study. */
const NOT_DATA = /^(?:\.|node_modules$|groups$|split$|\d+_fold$|split-\d|maps_|masks$)/;
const TABLE = /\.(?:tsv|csv)$/i;
/** Bytes: a table of people is smaller, and one of voxels is not read to see. */
const LARGEST_TABLE = 5_000_000;

interface Seen {
  readonly offers: Promise<ImageOffer[]>[];
  readonly tables: string[];
  /** Images of other formats. */
  readonly others: string[];
}

/** Looks `depth` levels below `folders`; what cannot be read is passed over. */
export async function lookForImages(folders: readonly string[], depth = 4): Promise<FoundImages> {
  const seen: Seen = { offers: [], tables: [], others: [] };
  for (const folder of folders) offerFiles(folder, await look(folder, depth, seen), seen);
  const offers = (await Promise.all(seen.offers)).flat();
  const counted = await mapLimited(seen.tables, 8, async (file) => ({ file, table: await peopleIn(file) }));
  const people = counted.flatMap(({ table }) => (table === null ? [] : [table]));
  const ofTables = (await mapLimited(people, 8, (table) => quietly(tableOffers(table)))).flat();
  const all = [...offers, ...ofTables].sort((a, b) => b.sessions.length - a.sessions.length);
  const refused = await refusedPairs(all);
  return {
    offers: all.filter((offer) => !refused.has(offer)),
    unread: [...refused.values(), ...(await otherFormats(seen.others))],
    tables: people.map(({ file }) => file),
  };
}

/** @returns the NIfTI files of the folder, which belong to the one above where each person has such a folder */
async function look(folder: string, left: number, seen: Seen): Promise<readonly string[]> {
  const entries = await entriesOf(folder);
  const names = entries.map(({ name }) => name);
  // A MAPS holds maps and reconstructions, which are no images to learn from.
  if (names.includes("maps.json")) return [];
  const layout = [CAPS_LAYOUT, BIDS_LAYOUT].find(({ recognises }) => recognises(names));
  if (layout === CAPS_LAYOUT) seen.offers.push(quietly(capsOffers(folder)));
  if (layout === BIDS_LAYOUT) seen.offers.push(quietly(bidsOffers(folder)));
  seen.tables.push(...names.filter((name) => TABLE.test(name)).map((name) => join(folder, name)));
  if (layout === undefined) {
    const others = names.filter(isOtherImage);
    for (const name of others) seen.others.push(join(folder, name));
  }
  const below = new Map<string, readonly string[]>();
  for (const entry of entries) {
    if (!entry.isDirectory() || left === 0 || NOT_DATA.test(entry.name)) continue;
    if (layout?.holdsImages(entry.name)) continue;
    below.set(entry.name, await look(join(folder, entry.name), left - 1, seen));
  }
  const ofPeople = [...below].flatMap(([name, images]) => images.map((image) => `${name}/${image}`));
  if (isOneFolderAPerson(ofPeople)) seen.offers.push(quietly(folderOffers(folder, ofPeople)));
  else for (const [name, images] of below) offerFiles(join(folder, name), images, seen);
  return layout === undefined ? names.filter(isNiftiName) : [];
}

function offerFiles(folder: string, images: readonly string[], seen: Seen): void {
  if (images.length > 1) seen.offers.push(quietly(folderOffers(folder, images)));
}

/** Whether several folders hold a file of the same name, the person left out. */
function isOneFolderAPerson(images: readonly string[]): boolean {
  const patterns = images.map(suggestedPattern);
  return new Set(patterns).size < patterns.length;
}

/** What was offered turns out not to be readable: it is no offer. */
async function quietly(offers: Promise<ImageOffer[]>): Promise<ImageOffer[]> {
  return (await collect([], () => offers)) ?? [];
}

/** The table where a column names people; null for any other. */
async function peopleIn(file: string): Promise<Table | null> {
  const found = await lookAt(file);
  if (found === null || found.size > LARGEST_TABLE || /^missing_mods/.test(basename(file))) return null;
  const table = await collect([], () => readTable(file));
  return table === undefined || participantColumn(table) === undefined ? null : table;
}
