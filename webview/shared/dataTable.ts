import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { compareCells, type Sorting, type TableColumn } from "./cells";
import { icon } from "./icon";
import { properties } from "./properties";
import { sharedStrings } from "./strings";
import { sharedStyles } from "./styles";
import { textOf } from "./text";

const text = textOf(sharedStrings);

const ROW_HEIGHT = 22;
/** Rows drawn above and below what is seen, so that scrolling meets drawn rows. */
const SPARE_ROWS = 12;

/**
 * A table of any length: only rows in sight are in the document, their numbers are told to screen readers by aria-rowindex.
 * Fires `gyrus-sort` (Sorting), `gyrus-row` (index of the row in the unsorted data), and `gyrus-enter` (the same) where Enter is pressed on
 * the one that is marked.
 */
@customElement("gyrus-table")
export class DataTable extends LitElement {
  @property() accessor label = "";
  @property({ attribute: false }) accessor columns: readonly TableColumn[] = [];
  @property({ type: Number }) accessor rows = 0;
  @property({ attribute: false }) accessor sorting: Sorting | null = null;
  /** Row of the unsorted data that is marked. */
  @property({ type: Number }) accessor current = -1;
  /** Fires `gyrus-row` on click and arrow keys when set, `gyrus-enter` on Enter. */
  @property({ type: Boolean }) accessor selectable = false;
  @state() private accessor scrolled = 0;
  @state() private accessor visible = 20;
  #order: readonly number[] = [];
  #resized = new ResizeObserver(() => this.#measure());

  static override styles = [
    ...sharedStyles,
    css`
      :host {
        display: block;
        min-block-size: 0;
        overflow: hidden;
      }
      .scroller {
        block-size: 100%;
        overflow: auto;
        overscroll-behavior: contain;
      }
      table {
        border-collapse: separate;
        border-spacing: 0;
        table-layout: fixed;
        min-inline-size: 100%;
        font-variant-numeric: tabular-nums;
      }
      col {
        inline-size: calc(var(--digits) * 1ch + 20px);
      }
      th,
      td {
        block-size: 22px;
        padding: 0 10px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        text-align: start;
        font-weight: 400;
      }
      th {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        padding: 0;
        background: var(--vscode-editor-background);
        border-block-end: 1px solid var(--rim);
      }
      th button {
        display: flex;
        align-items: center;
        gap: 2px;
        inline-size: 100%;
        block-size: 24px;
        padding: 0 10px;
        border: 0;
        background: none;
        color: var(--muted);
        font: inherit;
        font-size: 11px;
        cursor: pointer;
      }
      th button:hover {
        color: var(--vscode-foreground);
      }
      .end {
        text-align: end;
      }
      .end button {
        justify-content: flex-end;
      }
      tbody tr:hover td {
        background: var(--vscode-list-hoverBackground);
      }
      tr[aria-current] td {
        color: var(--vscode-list-inactiveSelectionForeground, inherit);
        background: var(--vscode-list-inactiveSelectionBackground);
        border-block: 1px solid var(--vscode-contrastActiveBorder, transparent);
      }
      tr.filler td {
        padding: 0;
        block-size: var(--height);
      }
      .selectable tbody tr {
        cursor: pointer;
      }
      .icon {
        font-size: 12px;
        inline-size: 12px;
        block-size: 12px;
      }
      /* A cell that leads somewhere. */
      button.link {
        padding: 0;
        border: 0;
        background: none;
        color: var(--vscode-textLink-foreground);
        font: inherit;
        cursor: pointer;
      }
      button.link:hover {
        text-decoration: underline;
      }
      .strong {
        font-weight: 600;
      }
      td.differs {
        background: color-mix(in srgb, var(--vscode-charts-yellow) 18%, transparent);
        font-weight: 600;
      }
      td.differs::before {
        content: "≠ ";
      }
      .box {
        display: grid;
        border: 1px solid var(--vscode-checkbox-border, var(--muted));
        border-radius: 3px;
        background: var(--vscode-checkbox-background);
      }
      button.cell {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        inline-size: 20px;
        block-size: 20px;
        padding: 0;
        border: 0;
        background: none;
        color: inherit;
        cursor: pointer;
      }
      button.cell[aria-pressed="false"]:not(:hover) .icon,
      button.cell[aria-checked="false"] .icon {
        opacity: 0.55;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    this.#resized.disconnect();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("rows") || changed.has("sorting") || changed.has("columns")) this.#order = this.#sorted();
  }

  override render() {
    const first = Math.max(0, Math.floor(this.scrolled / ROW_HEIGHT) - SPARE_ROWS);
    const last = Math.min(this.rows, first + this.visible + 2 * SPARE_ROWS);
    return html`<div
      class="scroller ${this.selectable ? "selectable" : ""}"
      tabindex="0"
      role="group"
      aria-label=${this.label}
      @scroll=${this.#scroll}
      @keydown=${this.#key}
    >
      <table aria-label=${this.label} aria-rowcount=${this.rows + 1}>
        <colgroup>
          ${this.columns.map(({ width }) => html`<col ${properties({ "--digits": String(width) })} />`)}
        </colgroup>
        <thead>
          <tr aria-rowindex="1">
            ${this.columns.map((column) => this.#header(column))}
          </tr>
        </thead>
        <tbody>
          ${this.#filler(first)} ${this.#order.slice(first, last).map((row, i) => this.#row(row, first + i))}
          ${this.#filler(this.rows - last)}
        </tbody>
      </table>
    </div>`;
  }

  #header(column: TableColumn) {
    const sorting = this.sorting?.column === column.id ? this.sorting : null;
    const label = text(
      sorting !== null && !sorting.descending ? "sortDescending" : "sortAscending",
      column.label,
    );
    return html`<th
      scope="col"
      class=${column.align}
      aria-sort=${sorting === null ? "none" : sorting.descending ? "descending" : "ascending"}
    >
      <button title=${column.title ?? label} @click=${() => this.#sortBy(column.id)}>
        ${column.label}
        ${sorting === null ? nothing : icon(sorting.descending ? "arrow-down" : "arrow-up")}
      </button>
    </th>`;
  }

  #row(row: number, place: number) {
    return html`<tr
      aria-rowindex=${place + 2}
      aria-current=${row === this.current ? "true" : nothing}
      @click=${() => this.#choose(row)}
    >
      ${this.columns.map(
        ({ align, value, format, instead, differs }) =>
          html`<td class="${align} ${differs?.(row) === true ? "differs" : ""}">${instead?.(row) ?? format(value(row))}</td>`,
      )}
    </tr>`;
  }

  #filler(rows: number) {
    return rows <= 0
      ? nothing
      : html`<tr class="filler" aria-hidden="true">
          <td
            colspan=${this.columns.length}
            ${properties({ "--height": `${rows * ROW_HEIGHT}px` })}
          ></td>
        </tr>`;
  }

  #sorted(): readonly number[] {
    const order = Array.from({ length: this.rows }, (_, row) => row);
    const { sorting } = this;
    const column = this.columns.find(({ id }) => id === sorting?.column);
    if (sorting === null || column === undefined) return order;
    const sign = sorting.descending ? -1 : 1;
    return order.sort((a, b) => compareCells(column.value(a), column.value(b), sign) || a - b);
  }

  #sortBy(column: string): void {
    const descending = this.sorting?.column === column && !this.sorting.descending;
    this.sorting = { column, descending };
    this.dispatchEvent(new CustomEvent<Sorting>("gyrus-sort", { detail: this.sorting }));
  }

  #choose(row: number): void {
    if (this.selectable) this.dispatchEvent(new CustomEvent<number>("gyrus-row", { detail: row }));
  }

  #key(event: KeyboardEvent): void {
    if (!this.selectable || event.target !== event.currentTarget) return;
    if (event.key === "Enter" && this.current >= 0) {
      this.dispatchEvent(new CustomEvent<number>("gyrus-enter", { detail: this.current }));
      return;
    }
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const place = this.#order.indexOf(this.current);
    const next = this.#order[Math.min(this.rows - 1, Math.max(0, place + step))];
    if (next === undefined) return;
    this.#choose(next);
    this.reveal(next);
  }

  /** Scrolls until the row of the unsorted data is in sight. */
  reveal(row: number): void {
    const scroller = this.renderRoot.querySelector(".scroller");
    const place = this.#order.indexOf(row);
    if (scroller === null || place < 0) return;
    const top = place * ROW_HEIGHT;
    const room = scroller.clientHeight - 2 * ROW_HEIGHT;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top > scroller.scrollTop + room) scroller.scrollTop = top - room;
  }

  #scroll(event: Event): void {
    if (event.currentTarget instanceof Element) this.scrolled = event.currentTarget.scrollTop;
  }

  #measure(): void {
    this.visible = Math.ceil(this.clientHeight / ROW_HEIGHT);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "gyrus-table": DataTable;
  }
}
