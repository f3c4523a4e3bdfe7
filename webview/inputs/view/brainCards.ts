/** What is said of the image that is looked at, and what lies over it. */
import { html, type TemplateResult } from "lit";
import { intensityCard } from "../../shared/volume/intensityCard";
import type { LayerStack } from "../../shared/volume/layers/layerStack";
import { layersCard } from "../../shared/volume/layers/layersCard";
import { positionCard } from "../../shared/volume/positionCard";
import type { ViewerSettings } from "../../shared/volume/viewer/viewerSettings";
import type { Sight } from "../model/storedView";
import type { InputsState } from "../state";
import type { Shown } from "../store";

export interface BrainEvents {
  look(changed: Partial<ViewerSettings>): void;
  /** Asks the user for an image to lay over this one. */
  addLayer(): void;
}

export const brainCards = (
  { volume, space, summary }: Shown,
  { voxel, move }: Sight,
  { view, layers = [] }: InputsState,
  stack: LayerStack,
  { look, addLayer }: BrainEvents,
): TemplateResult => html`${positionCard(volume, space, voxel, move, stack.shown())}
  ${intensityCard(summary, view.window ?? summary.auto, view.window === null, (window) => look({ window }))}
  ${layersCard(layers, stack, addLayer)}`;
