/** Where a key of an experiment stands in its text. */
import { findNodeAtLocation, type Node, type ParseError, parseTree } from "jsonc-parser";

export interface Span {
  readonly offset: number;
  readonly length: number;
}

export interface KeyPlace {
  /** The quoted name of the key; null for an item of a list and for the whole file. */
  readonly name: Span | null;
  readonly value: Span;
}

export interface ExperimentText {
  readonly tree: Node;
  /** What the text says; every value is JSON's. */
  readonly json: unknown;
}

/** The place where a text stops being JSON. Comments are none: the trainer reads the file as JSON, and so does ClinicaDL. */
export interface NoJson {
  readonly noJson: Span;
}

export function parseExperimentText(text: string): ExperimentText | NoJson {
  const errors: ParseError[] = [];
  const tree = treeOf(text, errors);
  const [first] = errors;
  if (tree === undefined || first !== undefined) {
    return { noJson: { offset: first?.offset ?? 0, length: first?.length ?? text.length } };
  }
  return { tree, json: JSON.parse(text) };
}

/** Undefined where it goes deeper than the parser can: an experiment has a few levels. */
function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Place of `where` ("preprocessing_dict.patch_size", "label"). Where the key is not given: of the nearest one around it
 * that is; of the opening brace at last.
 */
export function placeOf({ tree }: ExperimentText, where: string): KeyPlace {
  const path = where === "" ? [] : where.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (node !== undefined) return placeOfValue(node);
  }
  return { name: null, value: { offset: tree.offset, length: 1 } };
}

/** Whether the text gives `where` itself. */
export function isGiven({ tree }: ExperimentText, where: string): boolean {
  const path = where.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return findNodeAtLocation(tree, path) !== undefined;
}

function placeOfValue(node: Node): KeyPlace {
  const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
  return { name: key === undefined ? null : spanOf(key), value: spanOf(node) };
}

const spanOf = ({ offset, length }: Node): Span => ({ offset, length });
