/** Copies or saves what the planes of a view show. */
import { textOf } from "../text";
import { besideEachOther } from "./composePicture";
import { volumeStrings } from "./strings";
import type { VolumeElement } from "./volumeElement";

const text = textOf(volumeStrings);

/** What a view does with pictures of its planes. */
export interface Pictures {
  copy(): void;
  save(): void;
}

/**
 * @param viewers those of the view, from left to right; none while there is nothing to see
 * @param name of the file, without extension
 * @param save gives a file to the editor
 */
export const picturesOf = (
  viewers: () => Iterable<VolumeElement>,
  name: () => string,
  save: (name: string, content: Uint8Array<ArrayBuffer>) => void,
): Pictures => ({
  copy: () => void copy([...viewers()]),
  save: () =>
    void make([...viewers()], async (png) => save(`${name()}.png`, new Uint8Array(await png.arrayBuffer()))),
});

async function make(viewers: readonly VolumeElement[], use: (png: Blob) => Promise<void>): Promise<void> {
  const pictures = await Promise.all(viewers.map((viewer) => viewer.picture()));
  const drawn = pictures.filter((picture) => picture !== null);
  const [first, ...others] = drawn;
  if (first !== undefined) await use(others.length === 0 ? first : await besideEachOther(drawn));
}

/** The page may lack the right to the clipboard: that is said. */
async function copy(viewers: readonly VolumeElement[]): Promise<void> {
  try {
    await make(viewers, (png) => navigator.clipboard.write([new ClipboardItem({ "image/png": png })]));
    viewers[0]?.say(text("pictureCopied"));
  } catch {
    viewers[0]?.say(text("pictureNotCopied"));
  }
}
