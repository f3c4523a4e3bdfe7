/** What a training keeps of reconstructions, for its panel. */
import { join } from "node:path";
import { Uri } from "vscode";
import type { TrackId } from "../../../webview/training/messages";
import { exists } from "../../files/exists";
import type { NetworkPlace } from "../../maps/folder/place";
import { findPlace } from "../../maps/folder/splits";
import { readPlanes } from "../../maps/reconstructions/planesFile";
import type { KeptImage } from "../../space/keptPlanes";
import { besideLayer, mapLayer, openImage } from "./nifti/openImage";

/** @throws InputError where they cannot be read */
export async function keptPlanesOf(
  maps: string,
  track: TrackId,
  epoch: number,
): Promise<readonly KeptImage[]> {
  return await readPlanes((await placeOf(maps, track)).reconstructionPlanes(epoch));
}

/** Opens the input with the difference over it and its reconstruction beside it, in step; false where they are not there any more. */
export async function openKeptVolumes(maps: string, track: TrackId, name: string): Promise<boolean> {
  const folder = (await placeOf(maps, track)).reconstructionVolumes;
  const file = (kind: string) => join(folder, `${name}_${kind}.nii.gz`);
  if (!(await exists(file("input")))) return false;
  await openImage(Uri.file(file("input")), [
    besideLayer(Uri.file(file("output"))),
    mapLayer(file("difference")),
  ]);
  return true;
}

async function placeOf(maps: string, track: TrackId): Promise<NetworkPlace> {
  const [, split, network] = /^split-(\d+)(?:\/network-(\d+))?$/.exec(track) ?? [];
  const place = await findPlace(maps);
  return place.split(Number(split)).network(network === undefined ? null : Number(network));
}
