import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { Newest } from "../../src/messages/newest";
import { Requests } from "../../src/messages/requests";
import { toVoxel, toWorld } from "../../src/space/affine";
import { type Space, spaceOf } from "../../src/space/space";
import type { Triple } from "../../src/space/triple";
import { icon } from "../shared/icon";
import { formatBytes } from "../shared/numbers";
import { Refusal, refusals } from "../shared/refusal";
import { useTranslations } from "../shared/text";
import { type IntensityWindow, summarise } from "../shared/volume/intensity";
import { layersCard } from "../shared/volume/layers/layersCard";
import type { Fault, LayerAnswer } from "../shared/volume/layers/messages";
import { positionCard } from "../shared/volume/positionCard";
import { saidFaults } from "../shared/volume/saidFaults";
import { viewers } from "../shared/volume/viewer/viewer";
import { viewerBar } from "../shared/volume/viewer/viewerBar";
import { ViewerPanel } from "../shared/volume/viewer/viewerPanel";
import { viewerStyles } from "../shared/volume/viewer/viewerStyles";
import { clampVoxel, fileStrides, middleOf, type Volume } from "../shared/volume/volume";
import { BesideOne } from "./besideOne";
import { othersSelect, partCard } from "./explainControls";
import { explainViewStyles } from "./explainViewStyles";
import type {
  Anatomy,
  AnatomyImage,
  ExplainMethods,
  FromExplain,
  Shown,
  ShownExplanation,
  ToExplain,
} from "./messages";
import { peopleCard, peopleCardStyles } from "./peopleCard";
import { RegionRanking } from "./regionRanking";
import { regionsCard, regionsCardStyles } from "./regionsCard";
import { type ExplainState, isExplainState, isSameSubject, usualState } from "./state";
import { text } from "./texts";

/** Where the answers for a group come from: the map of one participant, or of all, over the anatomy. */
@customElement("gyrus-explain")
export class ExplainView extends ViewerPanel<ToExplain, FromExplain, ExplainState> {
  readonly #requests = new Requests<ExplainMethods, readonly Fault[]>(
    (message) => this.host.post(message),
    refusals(),
  );
  readonly #reading = new Newest();
  readonly #ranking = new RegionRanking(() => this.requestUpdate());
  @state() private accessor explanation: ShownExplanation | null = null;
  @state() private accessor anatomy: Anatomy | null = null;
  @state() private accessor faults: readonly Fault[] = [];
  #volume: Volume | null = null;
  #space: Space | null = null;
  #grid: AnatomyImage | null = null;
  readonly #beside = new BesideOne();
  #auto: IntensityWindow = { low: 0, high: 1 };

  static override styles = [...viewerStyles, peopleCardStyles, regionsCardStyles, explainViewStyles];

  protected override get pictureName(): string {
    return `${this.settings?.subject.group}-${this.settings?.subject.name}-${this.#shownName()}`;
  }

  protected override isState(stored: unknown): stored is ExplainState {
    return isExplainState(stored);
  }

  protected override openLayer(uri: string, volume: number): Promise<LayerAnswer> {
    return this.#requests.ask("openLayer", [uri, volume]);
  }

  override render() {
    const { settings, explanation } = this;
    if (settings === null) return nothing;
    if (explanation === null) {
      return this.faults.length > 0
        ? saidFaults(this.faults)
        : html`<p class="wait muted" role="status">${icon("loading", true)} ${text("reading")}</p>`;
    }
    const size = this.#volume?.size;
    return html`<header class="bar">
        <h1 title=${`${explanation.model}/${explanation.group}`}>${titleOf(explanation)}</h1>
        ${othersSelect(explanation, (index) => this.host.post({ kind: "other", index }))}
        ${size === undefined ? nothing : viewerBar(settings.view, size, this.look, this.pictures)}
      </header>
      ${this.#findings(explanation)}
      <main>
        ${this.#planes(settings)}
        <aside>
          ${peopleCard(
            explanation,
            settings.row,
            (row) => this.#show({ row }),
            settings.beside ?? null,
            (row) => this.#show({ beside: row }),
          )}
          ${partCard(explanation, settings.part, (part) => this.#show({ part }))}
          ${this.#regions(explanation)}
          ${this.#position(settings)}
          ${layersCard(settings.layers, this.layers, () => this.host.post({ kind: "addLayer" }))}
        </aside>
      </main>`;
  }

  #findings({ findings, depends, of }: ShownExplanation) {
    return html`<section class="findings ${depends === false ? "doubted" : ""}" aria-label=${text("findings")}>
      ${icon(depends === false ? "warning" : "info")}
      <div>
        ${findings.map((sentence) => html`<p>${sentence}</p>`)}
        <p class="muted">${of === null ? text("redOfValue") : text("red", of)} ${this.#about()}</p>
      </div>
    </section>`;
  }

  /** What the map lies over. */
  #about(): string {
    const { anatomy } = this;
    if (anatomy === null) return "";
    switch (anatomy.kind) {
      case "image":
        return this.settings?.row === -1 ? text("meanOver", anatomy.of) : "";
      case "map":
        return text("overItself");
      case "tooLarge":
        return text("imageTooLarge", formatBytes(anatomy.bytes));
    }
  }

  #planes({ view, layers, beside: row }: ExplainState) {
    if (this.faults.length > 0) return saidFaults(this.faults);
    if (this.#volume === null || this.#space === null) {
      return html`<div class="planes"><p class="wait muted" role="status">${icon("loading", true)} ${text("readingImage")}</p></div>`;
    }
    const map = layers.find(({ isMap }) => isMap)?.look ?? null;
    const beside = this.#grid === null || (row ?? null) === null ? null : this.#beside.shown(this.#grid, map);
    return viewers(
      {
        volume: this.#volume,
        space: this.#space,
        settings: view,
        auto: this.#auto,
        layers: this.layers.shown(),
      },
      this.#nameOf(this.settings?.row ?? -1),
      beside && {
        ...beside,
        change: (window) => {
          this.#beside.change(window);
          this.requestUpdate();
        },
      },
      this.look,
    );
  }

  #position({ view }: ExplainState) {
    const [volume, space] = [this.#volume, this.#space];
    if (volume === null || space === null) return nothing;
    const voxel = view.voxel ?? middleOf(volume.size);
    return positionCard(
      volume,
      space,
      voxel,
      (moved) => this.moveTo(moved, volume.size),
      this.layers.shown(),
    );
  }

  #regions({ name, group }: ShownExplanation) {
    return regionsCard(this.#ranking.of(this.settings?.layers ?? [], this.layers), {
      chooseAtlas: () => this.host.post({ kind: "addLayer" }),
      save: (content) =>
        this.host.post({ kind: "save", name: `${group}-${name}-${this.#shownName()}-regions.csv`, content }),
      show: (row) => {
        const world = this.#ranking.peak(row);
        if (world === null || this.#space === null || this.#volume === null) return;
        const { size } = this.#volume;
        this.moveTo(clampVoxel(toVoxel(this.#space.affine, world), size), size);
      },
    });
  }

  /** What stands over a viewer. */
  #nameOf(row: number): string {
    const person = this.explanation?.people[row];
    if (person === undefined) return text("mean", this.explanation?.people.length ?? 0);
    return `${person.participantId} · ${person.sessionId}`;
  }

  #shownName(): string {
    const person = this.explanation?.people[this.settings?.row ?? -1];
    return person === undefined ? "mean" : `${person.participantId}_${person.sessionId}`;
  }

  protected override receive(message: ToExplain): void {
    switch (message.kind) {
      case "welcome":
        useTranslations(message.texts);
        if (this.settings === null || !isSameSubject(this.settings.subject, message.subject))
          this.remember(usualState(message.subject));
        return;
      case "explanation":
        this.explanation = message.explanation;
        this.faults = [];
        this.#show({});
        return;
      case "layers":
        this.layers.add(message.layers);
        return;
      case "answer":
      case "failure":
        this.#requests.take(message);
        return;
      case "faults":
        this.faults = message.faults;
        return;
    }
  }

  /** Reads the anatomy and the map of a row; another one that was asked for before is not waited for any more. */
  #show(changed: Partial<Pick<ExplainState, "row" | "part" | "beside">>): void {
    this.change(changed);
    const { settings, explanation } = this;
    if (settings === null || explanation === null) return;
    const row = settings.row < explanation.people.length ? settings.row : -1;
    const part = settings.part ?? explanation.parts[0] ?? 0;
    void this.#read(row, part, settings.beside ?? null);
  }

  async #read(row: number, part: number, beside: number | null): Promise<void> {
    const signal = this.#reading.begin();
    try {
      this.#take(await this.#requests.ask("show", [row, part], { signal }));
      if (beside === null) this.#beside.clear();
      else {
        const shown = await this.#requests.ask("show", [beside, part], { signal });
        const map = await this.#requests.ask("openLayer", [shown.map.uri, 0], { signal });
        this.#beside.take(this.#nameOf(beside), shown, map);
      }
      this.requestUpdate();
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Refusal)) throw error;
      this.faults = error.faults;
    }
  }

  #take({ anatomy, map }: Shown): void {
    this.faults = [];
    this.anatomy = anatomy;
    const layers = (this.settings?.layers ?? []).filter(({ isMap }) => !isMap);
    this.change({ layers: [...layers, { ...map, look: null }] });
    if (anatomy.kind === "tooLarge") {
      this.#volume = null;
      return;
    }
    const { size, slope, intercept, affine, voxelSize } = anatomy.image;
    this.#volume = { size, strides: fileStrides(size), data: anatomy.voxels, slope, intercept };
    this.#auto = summarise(this.#volume).auto;
    this.#moveWith(spaceOf(affine, voxelSize), size);
    this.#grid = anatomy.image;
    this.layers.begin(anatomy.image);
  }

  /** The crosshair stays at its place in the head when another image comes. */
  #moveWith(space: Space, size: Triple): void {
    const before = this.#space;
    this.#space = space;
    const { view } = this.settings ?? {};
    if (before === null || view === undefined || view.voxel === null) return;
    const voxel = clampVoxel(toVoxel(space.affine, toWorld(before.affine, view.voxel)), size);
    this.look({ voxel, window: null });
  }
}

const titleOf = ({ group, name, of }: ShownExplanation) => {
  const title = `${group} · ${name}`;
  return of === null ? title : text("titleOf", title, of);
};
