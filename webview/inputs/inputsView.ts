import { html, LitElement, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";
import type { Triple } from "../../src/space/triple";
import { Host } from "../shared/host";
import { icon } from "../shared/icon";
import { numberFieldStyles } from "../shared/numberField";
import { sharedStyles } from "../shared/styles";
import { useTranslations } from "../shared/text";
import type { Look } from "../shared/volume/gestures";
import { intensityCard, intensityCardStyles } from "../shared/volume/intensityCard";
import type { PlaneMark } from "../shared/volume/marks";
import type { Plane } from "../shared/volume/planes";
import { positionCard, positionCardStyles } from "../shared/volume/positionCard";
import { follow } from "../shared/volume/sight";
import { viewerBarStyles } from "../shared/volume/viewerBar";
import type { ViewerSettings } from "../shared/volume/viewerSettings";
import { middleOf } from "../shared/volume/volume";
import "../shared/volume/volumeElement";
import { InputsReader } from "./inputsReader";
import { inputsViewStyles } from "./inputsViewStyles";
import type { FromInputs, InputPlan, SetName, ToInputs } from "./messages";
import { chosen, flatPlane, imageName, partView } from "./model/chosen";
import { imageKey, imagesOf } from "./model/images";
import { partAt, planesOf, showPart, toImage, toPart } from "./model/partGeometry";
import { partMarks } from "./model/partMarks";
import { sightOf } from "./model/storedView";
import { type InputsState, isInputsState, usualState } from "./state";
import { InputsStore, type Shown } from "./store";
import { partName, planText, text } from "./texts";
import { imageList, imageListStyles } from "./view/imageList";
import { partCard, partCardStyles } from "./view/partCard";
import {
  type ProblemEvents,
  problemList,
  problemListStyles,
  problemPage,
  problemSection,
} from "./view/problemList";
import { storedVolume } from "./view/storedVolume";
import { viewerHead, viewerHeadStyles } from "./view/viewerHead";

/** Keys that are held down pass over images faster than they can be read. */
const READ_AFTER = 120;

/** What the network gets from each image of an experiment. */
@customElement("gyrus-inputs")
export class InputsView extends LitElement {
  readonly #host = new Host<ToInputs, FromInputs, InputsState>();
  readonly #store = new InputsStore();
  readonly #reader = new InputsReader(
    this.#store,
    (message) => this.#host.post(message),
    () => this.requestUpdate(),
  );
  @state() private accessor settings: InputsState | null = null;
  @state() private accessor problemsOpen: boolean | null = null;
  #marks: { readonly plan: InputPlan; readonly draw: ReturnType<typeof partMarks> } | null = null;
  #asking: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    ...sharedStyles,
    numberFieldStyles,
    viewerBarStyles,
    positionCardStyles,
    ...intensityCardStyles,
    problemListStyles,
    imageListStyles,
    partCardStyles,
    viewerHeadStyles,
    inputsViewStyles,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.settings = this.#host.recall(isInputsState) ?? null;
    this.#host.listen((message) => this.#receive(message));
    this.#host.post({ kind: "hello" });
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
    if (planning) return html`<main class="alone">${this.#state("planning")}</main>`;
    return problemPage(this.#store.problems, this.#problemEvents);
  }

  #problems() {
    const { problems, planning } = this.#store;
    if (planning) return this.#state("planning");
    return problems.length === 0 ? nothing : problemSection(problems, this.#unfolded, this.#problemEvents);
  }

  /** What stops a training is unfolded until the user folds it. */
  get #unfolded(): boolean {
    return this.problemsOpen ?? this.#store.problems.some(({ severity }) => severity === "error");
  }

  readonly #problemEvents: ProblemEvents = {
    open: (file, line) => this.#host.post({ kind: "open", file, line }),
    again: () => this.#host.post({ kind: "again" }),
    fold: () => {
      this.problemsOpen = !this.#unfolded;
    },
  };

  #state(doing: "planning" | "reading") {
    return html`<p class="state muted" role="status">${icon("loading", true)}<span>${text(doing)}</span></p>`;
  }

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
            search: (search) => this.#change({ search }),
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
          { name, shown: main, size: plan.imageSize, settings },
          { look: (changed) => this.#look(changed), stage: (stored) => this.#chooseStage(stored) },
        )}
        ${
          refused !== null
            ? problemList(refused, this.#problemEvents.open)
            : main === null
              ? this.#state("reading")
              : settings.stored
                ? storedVolume(main, { ...view, ...sight }, (look) => this.#look(look))
                : this.#trained(plan, main, part, view)
        }
      </div>
      <aside>
        ${partCard(
          plan,
          planes,
          { part, seed: settings.seed },
          input?.facts ?? null,
          whole || input === null ? nothing : this.#input(plan, input, part, partView(view)),
          {
            part: (chosen) => this.#choosePart(plan, chosen, showPart(plan, chosen, voxel)),
            seed: (seed) => {
              this.#change({ seed });
              this.#ask();
            },
          },
        )}
        ${
          main === null || refused !== null
            ? nothing
            : html`${positionCard(main.volume, main.space, sight.voxel, sight.move)}
              ${intensityCard(
                main.summary,
                settings.view.window ?? main.summary.auto,
                settings.view.window === null,
                (window) => this.#look({ window }),
              )}`
        }
      </aside>`;
  }

  #trained(plan: InputPlan, main: Shown, part: number, view: ViewerSettings) {
    return plan.cut.mode === "image"
      ? this.#input(plan, main, part, view)
      : this.#image(plan, main, part, view);
  }

  /** The image with the parts drawn over it. */
  #image(plan: InputPlan, { volume, space, summary }: Shown, part: number, view: ViewerSettings) {
    if (this.#marks?.plan !== plan) this.#marks = { plan, draw: partMarks(plan) };
    const { draw } = this.#marks;
    return html`<gyrus-volume
      .volume=${volume}
      .space=${space}
      .settings=${view}
      .window=${view.window ?? summary.auto}
      .marks=${(plane: Plane, voxel: Triple): readonly PlaneMark[] => draw(plane, voxel, part)}
      .remark=${text("remark", partName(plan.cut, part))}
      @gyrus-look=${({ detail }: CustomEvent<Look>) => {
        if (detail.voxel) this.#move(plan, detail.voxel, detail.zoom ?? null);
        else this.#look(detail);
      }}
    ></gyrus-volume>`;
  }

  /** An input of the network: its crosshair is that of the image. */
  #input(plan: InputPlan, { volume, space, summary }: Shown, part: number, view: ViewerSettings) {
    const planes = planesOf(plan, part);
    const whole = plan.cut.mode === "image";
    const flat = plan.cut.mode === "slice" ? flatPlane(plan, space) : null;
    const voxel = toPart(planes, view.voxel ?? middleOf(plan.imageSize));
    return html`<gyrus-volume
      class=${flat === null ? "" : "flat"}
      .volume=${volume}
      .space=${space}
      .only=${flat}
      .settings=${{ ...view, voxel }}
      .window=${view.window ?? summary.auto}
      @gyrus-look=${({ detail }: CustomEvent<Look>) => {
        if (detail.voxel)
          this.#move(plan, toImage(planes, detail.voxel), whole ? (detail.zoom ?? null) : undefined);
        else if (whole) this.#look(detail);
      }}
    ></gyrus-volume>`;
  }

  #receive(message: ToInputs): void {
    if (message.kind === "answer" || message.kind === "failure") {
      this.#reader.take(message);
      return;
    }
    if (message.kind === "welcome") {
      useTranslations(message.texts);
      if (this.settings?.experiment !== message.experiment) this.#remember(usualState(message.experiment));
    }
    this.#store.receive(message);
    this.#reader.cancel();
    if (message.kind === "plan" && message.plan !== null) this.#ask();
    this.requestUpdate();
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
    this.#reader.readInput(image, part, settings.seed);
  }

  #askSoon(): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => this.#ask(), READ_AFTER);
  }

  #chooseSet(plan: InputPlan, split: number, set: SetName): void {
    const [first = -1] = imagesOf(plan, split, set);
    const chosen = plan.images[first];
    this.#change({ split, set, image: chosen === undefined ? null : imageKey(chosen), search: "" });
    this.#ask();
  }

  /** Values before and after the normalisation have a brightness each. */
  #chooseStage(stored: boolean): void {
    const { settings } = this;
    if (settings === null) return;
    this.#change({ stored, view: { ...settings.view, window: null } });
    this.#ask();
  }

  #chooseImage(plan: InputPlan, image: number): void {
    const { settings } = this;
    if (settings === null) return;
    // The images are registered: crosshair and zoom stay, brightness is each image's own.
    this.#change({ image: imageKey(plan.images[image]!), view: { ...settings.view, window: null } });
    this.#askSoon();
  }

  #choosePart(plan: InputPlan, part: number, voxel: Triple): void {
    const { settings } = this;
    if (settings === null) return;
    const zoom = follow(settings.view.zoom, voxel, plan.imageSize);
    this.#change({ part, view: { ...settings.view, voxel, zoom } });
    this.#askSoon();
  }

  /** The crosshair chooses the part that it is in. */
  #move(plan: InputPlan, voxel: Triple, zoom = this.settings?.view.zoom ?? null): void {
    const { settings } = this;
    if (settings === null) return;
    const { part: current } = chosen(plan, settings);
    const part = partAt(plan, voxel, current) ?? current;
    this.#change({ part, view: { ...settings.view, voxel, zoom: follow(zoom, voxel, plan.imageSize) } });
    if (part !== current) this.#askSoon();
  }

  #look(changed: Partial<ViewerSettings>): void {
    const { settings } = this;
    if (settings !== null) this.#change({ view: { ...settings.view, ...changed } });
  }

  #change(changed: Partial<InputsState>): void {
    if (this.settings !== null) this.#remember({ ...this.settings, ...changed });
  }

  #remember(settings: InputsState): void {
    this.settings = settings;
    this.#host.remember(settings);
  }
}
