/** A report before it is written: sections of texts, tables and charts, to be made HTML or Markdown in the language of the reader. */
import type { Phrase } from "../../experiment/problems/words";
import type { Chart } from "../figures/chart";
import type { Picture } from "../figures/png";

/** Words to be translated, or a name or number as it stands. */
export type Text = string | Phrase;

export interface ReportTable {
  readonly head: readonly Text[];
  readonly rows: readonly (readonly Text[])[];
}

export interface ReportPicture {
  readonly picture: Picture;
  /** As drawn, in CSS pixels. */
  readonly size: readonly [width: number, height: number];
  readonly title: Text;
}

export type Block =
  | { readonly kind: "text"; readonly text: Text }
  /** Within a section. */
  | { readonly kind: "heading"; readonly text: Text }
  | ({ readonly kind: "table" } & ReportTable)
  /** Every chart has its table, which stands in its place where there are no pictures. */
  | { readonly kind: "chart"; readonly chart: Chart; readonly caption: Text; readonly table: ReportTable }
  | {
      readonly kind: "pictures";
      readonly pictures: readonly ReportPicture[];
      readonly caption: Text;
      /** Null where the caption says all that can be said without pictures. */
      readonly table: ReportTable | null;
    }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "code"; readonly text: string };

export interface ReportSection {
  /** Anchor, by which the checklists lead to it. */
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

export interface ReportDocument {
  readonly title: Text;
  /** Of the texts, as BCP 47 writes it. */
  readonly language: string;
  readonly sections: readonly ReportSection[];
}

export const say = (text: Text): Block => ({ kind: "text", text });
