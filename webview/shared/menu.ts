import { css, html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import { type IconName, icon } from "./icon";
import { sharedStyles } from "./styles";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Set for an item that is switched on and off; the menu then stays open. */
  readonly checked?: boolean;
}

/** A tool button that opens a small menu. Fires `gyrus-choose` with the id of the item. */
@customElement("gyrus-menu")
export class Menu extends LitElement {
  @property() accessor label = "";
  /** Words beside the icon; the name of the button is its label all the same. */
  @property() accessor caption = "";
  @property() accessor icon: IconName = "chevron-down";
  @property({ attribute: false }) accessor items: readonly MenuItem[] = [];

  static override styles = [
    ...sharedStyles,
    css`
      :host {
        display: inline-block;
      }
      button.tool {
        anchor-name: --menu;
      }
      [popover] {
        position-anchor: --menu;
        inset: auto;
        inset-block-start: calc(anchor(bottom) + 2px);
        inset-inline-end: anchor(right);
        margin: 0;
        padding: 4px;
        min-inline-size: 120px;
        color: var(--vscode-menu-foreground);
        background: var(--vscode-menu-background);
        border: 1px solid var(--vscode-menu-border, var(--rim));
        border-radius: 5px;
        box-shadow: 0 2px 8px var(--vscode-widget-shadow);
        position-try-fallbacks: flip-block, flip-inline, flip-block flip-inline;
      }
      [popover] button {
        display: flex;
        align-items: center;
        gap: 6px;
        inline-size: 100%;
        padding: 3px 12px;
        border: 0;
        border-radius: 3px;
        background: none;
        color: inherit;
        font: inherit;
        text-align: start;
        white-space: nowrap;
        cursor: pointer;
      }
      [popover] button:hover,
      [popover] button:focus-visible {
        color: var(--vscode-menu-selectionForeground);
        background: var(--vscode-menu-selectionBackground);
        outline: 1px solid var(--vscode-menu-selectionBorder, transparent);
        outline-offset: -1px;
      }
    `,
  ];

  override render() {
    return html`<button
        class="tool"
        popovertarget="items"
        aria-haspopup="menu"
        aria-label=${this.label}
        title=${this.label}
      >
        ${icon(this.icon)}${this.caption}
      </button>
      <div id="items" popover role="menu" aria-label=${this.label} @toggle=${this.#opened} @keydown=${this.#move}>
        ${this.items.map((item) => this.#item(item))}
      </div>`;
  }

  #item({ id, label, checked }: MenuItem) {
    return checked === undefined
      ? html`<button role="menuitem" tabindex="-1" @click=${() => this.#choose(id, true)}>${label}</button>`
      : html`<button
          role="menuitemcheckbox"
          tabindex="-1"
          aria-checked=${checked}
          @click=${() => this.#choose(id, false)}
        >
          ${icon(checked ? "check" : "blank")} ${label}
        </button>`;
  }

  get #buttons(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[role^=menuitem]")];
  }

  #opened(event: ToggleEvent): void {
    if (event.newState === "open") this.#buttons[0]?.focus();
  }

  #move(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const buttons = this.#buttons;
    const focused = buttons.findIndex((button) => button.matches(":focus"));
    buttons[(focused + step + buttons.length) % buttons.length]?.focus();
  }

  #choose(id: string, close: boolean): void {
    if (close) this.renderRoot.querySelector<HTMLElement>("[popover]")?.hidePopover();
    this.dispatchEvent(new CustomEvent<string>("gyrus-choose", { detail: id }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-menu": Menu;
  }
}
