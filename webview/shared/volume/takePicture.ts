/** Copies or saves what the planes of a view show. */
import { textOf } from "../text";
import { volumeStrings } from "./strings";
import type { VolumeElement } from "./volumeElement";

const text = textOf(volumeStrings);

/** What a view does with pictures of its planes. */
export interface Pictures {
  copy(): void;
  save(): void;
}

/**
 * @param planes the planes of the view; null while there are none
 * @param name of the file, without extension
 * @param save gives a file to the editor
 */
export const picturesOf = (
  planes: () => VolumeElement | null,
  name: () => string,
  save: (name: string, content: Uint8Array<ArrayBuffer>) => void,
): Pictures => ({
  copy: () => void copy(planes()),
  save: () =>
    void make(planes(), async (png) => save(`${name()}.png`, new Uint8Array(await png.arrayBuffer()))),
});

async function make(planes: VolumeElement | null, use: (png: Blob) => Promise<void>): Promise<void> {
  const png = await planes?.picture();
  if (png !== undefined && png !== null) await use(png);
}

/** The page may lack the right to the clipboard: that is said. */
async function copy(planes: VolumeElement | null): Promise<void> {
  try {
    await make(planes, (png) => navigator.clipboard.write([new ClipboardItem({ "image/png": png })]));
    planes?.say(text("pictureCopied"));
  } catch {
    planes?.say(text("pictureNotCopied"));
  }
}
