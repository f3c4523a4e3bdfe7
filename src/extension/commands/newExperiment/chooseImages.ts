/** The step that asks for images: what stands in the workspace is offered, with how many images each choice matches. */
import { basename, dirname, sep } from "node:path";
import { l10n, type QuickPickItem, ThemeIcon, window, workspace } from "vscode";
import type { Session } from "../../../data/sources/imageSource";
import { type FoundImages, lookForImages } from "../../../data/sources/looking/lookForImages";
import { type ImageKeys, type ImageOffer, imagesKeys, offerOf } from "../../../data/sources/looking/offer";
import type { UnreadImages } from "../../../data/sources/looking/unreadImages";
import { counted, describeHere, sentencesHere } from "../../language";
import { notify } from "../../report";
import { BACK, choose, type Place, type StepResult } from "../steps";
import { askPattern } from "./askPattern";

export interface ChosenImages {
  /** What the experiment says of its images; paths are absolute. */
  readonly keys: ImageKeys;
  /** Those that have exactly one image. */
  readonly sessions: readonly Session[];
  /** The image of each. */
  readonly files: readonly string[];
  /** Tables of people, those nearest to the images first. */
  readonly tables: readonly string[];
}

/** Images of a kind that was found, or of another place. */
export const askImages =
  (found: FoundImages) =>
  async (_answers: unknown, place: Place): Promise<StepResult<{ readonly data: ChosenImages }>> => {
    const data = await chooseImages(place, found);
    return data === undefined || data === BACK ? data : { data };
  };

type Chosen = ChosenImages | typeof BACK | undefined;

async function chooseImages(place: Place, first: FoundImages): Promise<Chosen> {
  let found = first;
  for (;;) {
    const picked = await choose<Item>(place, l10n.t("Which images?"), itemsOf(found));
    if (picked === undefined || picked === BACK) return picked;
    const { offer } = picked;
    if (offer === "elsewhere") {
      found = await browse(found);
      continue;
    }
    if ("why" in offer) {
      notify("warning", describeHere(offer.why));
      continue;
    }
    const completed = offer === found.ofTraining ? offer : await withPattern(place, offer);
    if (completed === BACK) continue;
    if (completed === undefined) return undefined;
    const { keys, sessions, files } = completed;
    return { keys, sessions, files, tables: nearestFirst(found.tables, offer.place) };
  }
}

interface Item extends QuickPickItem {
  readonly offer: ImageOffer | UnreadImages | "elsewhere";
}

function itemsOf({ ofTraining, offers, unread }: FoundImages): Item[] {
  const elsewhere: Item = {
    label: l10n.t("Browse…"),
    detail: l10n.t("A folder with a CAPS, a BIDS, NIfTI files or a table of their paths"),
    iconPath: new ThemeIcon("folder-opened"),
    offer: "elsewhere",
  };
  const isOther = ({ keys }: ImageOffer) => JSON.stringify(keys) !== JSON.stringify(ofTraining?.keys);
  const known = ofTraining === undefined ? [] : [knownItem(ofTraining)];
  return [...known, ...offers.filter(isOther).map(itemOf), ...unread.map(unreadItem), elsewhere];
}

/** What it is and what to do does not fit into a line: whoever chooses it is told. */
function unreadItem(offer: UnreadImages): Item {
  const { place, count, why } = offer;
  return {
    label: basename(place),
    description: workspace.asRelativePath(place),
    detail: counted("{0} {0|image is|images are} not read: {1}", count, sentencesHere(why).message),
    iconPath: new ThemeIcon("warning"),
    offer,
  };
}

function knownItem(offer: ImageOffer): Item {
  const item = itemOf(offer);
  return { ...item, description: l10n.t("{0}, as in the training", item.description ?? "") };
}

function itemOf(offer: ImageOffer): Item {
  const { name, place, sessions, several } = offer;
  const isTable = "images" in offer.keys && "table" in offer.keys.images;
  const people = new Set(sessions.map(({ participantId }) => participantId)).size;
  const of = counted("{0} {0|image|images} of {1} {1|person|people}", sessions.length, people);
  const undecided =
    several === 0
      ? []
      : [counted("{0} {0|session has|sessions have} several, of which nothing says which is meant", several)];
  return {
    label: basename(place),
    description: workspace.asRelativePath(place),
    detail: `${name}: ${[of, ...undecided].join("; ")}`,
    iconPath: isTable ? ThemeIcon.File : ThemeIcon.Folder,
    offer,
  };
}

/** What stands in a folder that the user names; what was found before where that is nothing. */
async function browse(found: FoundImages): Promise<FoundImages> {
  const options = { canSelectFolders: true, canSelectFiles: false, title: l10n.t("Which images?") };
  const [folder] = (await window.showOpenDialog(options)) ?? [];
  if (folder === undefined) return found;
  const more = await lookForImages([folder.fsPath]);
  if (more.offers.length === 0 && more.unread.length === 0) {
    notify("warning", l10n.t("No images were found in {0}.", workspace.asRelativePath(folder)));
  }
  return {
    ...found,
    offers: more.offers.length === 0 ? found.offers : more.offers,
    unread: more.unread,
    tables: [...new Set([...more.tables, ...found.tables])],
  };
}

/** Files are told apart by a pattern, which is shown as it matches: a guess from names may take a prefix for a part of the id. */
async function withPattern(place: Place, offer: ImageOffer): Promise<ImageOffer | typeof BACK | undefined> {
  const images = "images" in offer.keys ? offer.keys.images : null;
  if (images === null || !("pattern" in images)) return offer;
  const pattern = await askPattern({ ...place, step: Math.max(2, place.step) }, images);
  if (typeof pattern !== "string") return pattern;
  return await offerOf(imagesKeys({ ...images, pattern }), pattern);
}

/** Those in the folder of the images, or in one above it, the closer the sooner; then all others. */
function nearestFirst(tables: readonly string[], place: string): readonly string[] {
  const rank = (table: string) => {
    const folder = dirname(table);
    return place === table || place.startsWith(folder + sep) || place === folder ? folder.length : 0;
  };
  return [...tables].sort((a, b) => rank(b) - rank(a));
}
