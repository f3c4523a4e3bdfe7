import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { Triple } from "../../src/space/triple";
import { useTranslations } from "../shared/text";
import type { LayerAnswer } from "../shared/volume/layers/messages";
import { follow } from "../shared/volume/sight";
import { ViewerPanel } from "../shared/volume/viewer/viewerPanel";
import type { ViewerSettings } from "../shared/volume/viewer/viewerSettings";
import { InputsReader } from "./inputsReader";
import { inputsStyles } from "./inputsStyles";
import type { FromInputs, InputPlan, SetName, ToInputs } from "./messages";
import { chosen, imageName, partView } from "./model/chosen";
import { askDraws } from "./model/drawsAsked";
import { imageKey, imagesOf } from "./model/images";
import { partAt, planesOf, showPart, toImage, toPart } from "./model/partGeometry";
import { partMarks } from "./model/partMarks";
import { type Sight, sightOf } from "./model/storedView";
import { FIRST_DRAWS, type InputsState, isInputsState, type Stage, stagesOf, usualState } from "./state";
import { InputsStore, type Shown } from "./store";
import { planText } from "./texts";
import { brainCards } from "./view/brainCards";
import { doingNow } from "./view/doingNow";
import { drawGallery } from "./view/drawGallery";
import { imageList } from "./view/imageList";
import { imagePlanes, inputPlanes } from "./view/inputPlanes";
import { partCard } from "./view/partCard";
import { type ProblemEvents, problemList, problemPage, problemSection } from "./view/problemList";
import { storedVolume } from "./view/storedVolume";
import { viewerHead } from "./view/viewerHead";

/** Keys that are held down pass over images faster than they can be read. */
const READ_AFTER = 120;

interface Seen {
  readonly part: number;
  readonly view: ViewerSettings;
  readonly sight: Sight;
}

/** What the network gets from each image of an experiment. */
@customElement("gyrus-inputs")
export class InputsView extends ViewerPanel<ToInputs, FromInputs, InputsState> {
  readonly #store = new InputsStore();
  readonly #reader = new InputsReader(
    this.#store,
    (message) => this.host.post(message),
    () => {
      this.#layUnder();
      this.requestUpdate();
    },
  );
  /** What the layers lie over now. */
  #under: Shown | null = null;
  @state() private accessor problemsOpen: boolean | null = null;
  #marks: { readonly plan: InputPlan; readonly draw: ReturnType<typeof partMarks> } | null = null;
  #asking: ReturnType<typeof setTimeout> | undefined;

  static override styles = inputsStyles;

  protected override get pictureName(): string {
    return this.#store.name.replace(/\.experiment\.json$/, "-input");
  }

  protected override isState(stored: unknown): stored is InputsState {
    return isInputsState(stored);
  }

  protected override openLayer(uri: string, volume: number): Promise<LayerAnswer> {
    return this.#reader.openLayer(uri, volume);
  }

  override render() {
    const { settings } = this;
    const { name, plan, planning } = this.#store;
    if (settings === null) return nothing;
    return html`<header class="bar">
        <h1 title=${name}>${name}</h1>
        ${plan === null ? nothing : html`<span class="muted what">${planText(plan)}</span>`}
      </header>
      ${plan === null ? this.#withoutPlan(planning) : html`${this.#problems()}${this.#plan(plan, settings)}`}`;
  }

  /** While the tables are read for the first time, and when they leave nothing to look at. */
  #withoutPlan(planning: boolean) {
    if (planning) return html`<main class="alone">${doingNow("planning")}</main>`;
    return problemPage(this.#store.problems, this.#problemEvents);
  }

  #problems() {
    const { problems, planning } = this.#store;
    if (planning) return doingNow("planning");
    return problems.length === 0 ? nothing : problemSection(problems, this.#unfolded, this.#problemEvents);
  }

  /** What stops a training is unfolded until the user folds it. */
  get #unfolded(): boolean {
    return this.problemsOpen ?? this.#store.problems.some(({ severity }) => severity === "error");
  }

  readonly #problemEvents: ProblemEvents = {
    open: (file, line) => this.host.post({ kind: "open", file, line }),
    again: () => this.host.post({ kind: "again" }),
    fold: () => {
      this.problemsOpen = !this.#unfolded;
    },
  };

  #plan(plan: InputPlan, settings: InputsState) {
    const choice = chosen(plan, settings);
    return html`<main>
      ${guard([plan, choice.split, settings.set, choice.image, settings.search], () =>
        imageList(
          plan,
          { ...choice, set: settings.set, search: settings.search },
          {
            split: (split) => this.#chooseSet(plan, split, settings.set),
            set: (set) => this.#chooseSet(plan, choice.split, set),
            image: (image) => this.#chooseImage(plan, image),
            search: (search) => this.change({ search }),
          },
        ),
      )}
      ${this.#viewer(plan, settings)}
    </main>`;
  }

  #viewer(plan: InputPlan, settings: InputsState) {
    const { refused, image } = this.#store;
    const whole = plan.cut.mode === "image";
    const { part, voxel } = chosen(plan, settings);
    const view = { ...settings.view, voxel };
    const planes = planesOf(plan, part);
    const input = this.#store.input?.part === part ? this.#store.input : null;
    const read = whole ? input : image;
    const main = settings.stored ? this.#store.stored : read;
    const shown = main ?? image ?? input;
    const name = shown === null ? "" : imageName(plan, shown.image);
    const sight = sightOf(main, read, {
      voxel: whole ? toPart(planes, voxel) : voxel,
      move: (moved) => this.#move(plan, whole ? toImage(planes, moved) : moved),
    });
    return html`<div class="center">
        ${viewerHead(
          { name, shown: main, size: plan.imageSize, settings, stages: stagesOf(plan) },
          { look: this.look, stage: this.#chooseStage, pictures: this.pictures },
        )}
        ${refused === null ? this.#seen(plan, main, input, { part, view, sight }) : problemList(refused, this.#problemEvents.open)}
      </div>
      <aside>
        ${partCard(
          plan,
          planes,
          part,
          input?.facts ?? null,
          whole || input === null ? nothing : this.#input(plan, input, part, partView(view)),
          (chosen) => this.#choosePart(plan, chosen, showPart(plan, chosen, voxel)),
        )}
        ${
          main === null || refused !== null
            ? nothing
            : brainCards(main, sight, settings, this.layers, {
                look: this.look,
                addLayer: () => this.host.post({ kind: "addLayer", image: main.image }),
              })
        }
      </aside>`;
  }

  /** At the chosen stage. */
  #seen(plan: InputPlan, main: Shown | null, input: Shown | null, { part, view, sight }: Seen) {
    const { draws, set, stored } = this.settings ?? {};
    if (draws && stagesOf(plan).includes("draws")) {
      const choice = { part, draws, view: partView(view), trained: set === "train" };
      return drawGallery(plan, input, this.#store.draws, choice, {
        choose: (draws) => this.#changeAndAsk({ draws }),
        move: (voxel) => this.#move(plan, voxel),
      });
    }
    if (main === null) return doingNow("reading");
    if (stored) return storedVolume(main, { ...view, ...sight }, this.layers.shown(), this.look);
    return plan.cut.mode === "image"
      ? this.#input(plan, main, part, view)
      : this.#image(plan, main, part, view);
  }

  /** The image with the parts drawn over it. */
  #image(plan: InputPlan, shown: Shown, part: number, view: ViewerSettings) {
    if (this.#marks?.plan !== plan) this.#marks = { plan, draw: partMarks(plan) };
    return imagePlanes(plan, shown, part, {
      view,
      layers: this.layers.shown(),
      marks: this.#marks.draw,
      look: (look) => {
        if (look.voxel) this.#move(plan, look.voxel, look.zoom ?? null);
        else this.look(look);
      },
    });
  }

  /** An input of the network: its crosshair is that of the image. */
  #input(plan: InputPlan, shown: Shown, part: number, view: ViewerSettings) {
    const whole = plan.cut.mode === "image";
    return inputPlanes(plan, shown, part, {
      view,
      layers: whole ? this.layers.shown() : [],
      look: (look, voxel) => {
        if (voxel !== null) this.#move(plan, voxel, whole ? (look.zoom ?? null) : undefined);
        else if (whole) this.look(look);
      },
    });
  }

  protected override receive(message: ToInputs): void {
    if (message.kind === "answer" || message.kind === "failure") {
      this.#reader.take(message);
      return;
    }
    if (message.kind === "layers") {
      this.layers.add(message.layers);
      return;
    }
    if (message.kind === "welcome") {
      useTranslations(message.texts);
      if (this.settings?.experiment !== message.experiment) this.remember(usualState(message.experiment));
    }
    this.#store.receive(message);
    this.#reader.cancel();
    if (message.kind === "plan" && message.plan !== null) this.#ask();
    this.requestUpdate();
  }

  /** The layers lie over what is seen large: the image, as it is read or stored, or the input that is made of the whole of it. */
  #layUnder(): void {
    const { plan, image, input, stored } = this.#store;
    const under = this.settings?.stored ? stored : plan?.cut.mode === "image" ? input : image;
    if (under === null || under === this.#under) return;
    this.#under = under;
    this.layers.begin({ size: under.volume.size, affine: under.space.affine });
  }

  /** Asks for what is to be seen and is not there yet. */
  #ask(): void {
    const { plan } = this.#store;
    const { settings } = this;
    if (plan === null || settings === null) return;
    const { image, part } = chosen(plan, settings);
    if (image < 0) return;
    if (settings.stored && this.#store.stored?.image !== image) this.#reader.readStored(image);
    if (plan.cut.mode !== "image" && this.#store.image?.image !== image) this.#reader.readImage(image);
    this.#reader.readInput(image, part);
    askDraws(plan, settings, this.#store, this.#reader);
  }

  #askSoon(): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#ask(), READ_AFTER);
  }

  #chooseSet(plan: InputPlan, split: number, set: SetName): void {
    const [first = -1] = imagesOf(plan, split, set);
    const chosen = plan.images[first];
    this.#changeAndAsk({ split, set, image: chosen === undefined ? null : imageKey(chosen), search: "" });
  }

  /** Values before and after the normalisation have a brightness each. */
  readonly #chooseStage = (stage: Stage): void => {
    const { settings } = this;
    if (settings === null) return;
    const view = { ...settings.view, window: null };
    this.#changeAndAsk({ stored: stage === "stored", draws: stage === "draws" ? FIRST_DRAWS : null, view });
    this.#layUnder();
  };

  #chooseImage(plan: InputPlan, image: number): void {
    const { settings } = this;
    if (settings === null) return;
    // The images are registered: crosshair and zoom stay, brightness is each image's own.
    this.change({ image: imageKey(plan.images[image]!), view: { ...settings.view, window: null } });
    this.#askSoon();
  }

  #choosePart(plan: InputPlan, part: number, voxel: Triple): void {
    const { settings } = this;
    if (settings === null) return;
    const zoom = follow(settings.view.zoom, voxel, plan.imageSize);
    this.change({ part, view: { ...settings.view, voxel, zoom } });
    this.#askSoon();
  }

  /** The crosshair chooses the part that it is in. */
  #move(plan: InputPlan, voxel: Triple, zoom = this.settings?.view.zoom ?? null): void {
    const { settings } = this;
    if (settings === null) return;
    const { part: current } = chosen(plan, settings);
    const part = partAt(plan, voxel, current) ?? current;
    this.change({ part, view: { ...settings.view, voxel, zoom: follow(zoom, voxel, plan.imageSize) } });
    if (part !== current) this.#askSoon();
  }

  #changeAndAsk(changed: Partial<InputsState>): void {
    this.change(changed);
    this.#ask();
  }
}
