/**
 * The rows as VS Code knows them. It knows a row by its object: the same one stays, with new content, so that a training which
 * goes on draws its own row anew and no other, however many there are.
 */
import { childrenOf, type FolderContent, idOf, type Node, rootNodes } from "./nodes";

export class TreeRows {
  readonly #known = new Map<string, Node>();
  #order = "";

  /** The objects for rows that VS Code asks for. */
  given(nodes: readonly Node[]): Node[] {
    return nodes.map((node) => {
      const id = idOf(node);
      const row = this.#known.get(id);
      if (row !== undefined) return Object.assign(row, node);
      this.#known.set(id, node);
      return node;
    });
  }

  /** Takes new content; returns the rows to draw anew, undefined for all of them: some have come, gone or moved. */
  update(contents: readonly FolderContent[]): Node[] | undefined {
    const roots = rootNodes(contents);
    const top = roots.flatMap((root) =>
      root.kind === "folder" ? [root, ...childrenOf(root, contents)] : [root],
    );
    const order = top.map(idOf).join("\n");
    if (order !== this.#order) {
      this.#order = order;
      this.#known.clear();
      return undefined;
    }
    return this.given(top.filter((node) => differs(node, this.#known.get(idOf(node)))));
  }
}

/** Whether VS Code was given this row with other content. */
const differs = (node: Node, row: Node | undefined) =>
  row !== undefined && Object.entries(node).some(([key, value]) => Reflect.get(row, key) !== value);
