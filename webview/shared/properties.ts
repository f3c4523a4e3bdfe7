import { noChange } from "lit";
import { Directive, directive, type ElementPart } from "lit/directive.js";

/**
 * Element directive `<div ${properties({ "--share": "40%" })}>`: sets styles through the CSSOM. A style attribute, and Lit's own
 * styleMap on its first render, would be refused by the content security policy.
 */
class PropertiesDirective extends Directive {
  #applied: readonly string[] = [];

  render(_properties: Readonly<Record<string, string>>) {
    return noChange;
  }

  override update(part: ElementPart, [wanted]: [Readonly<Record<string, string>>]) {
    const { element } = part;
    if (element instanceof HTMLElement || element instanceof SVGElement) {
      for (const name of this.#applied) if (!(name in wanted)) element.style.removeProperty(name);
      for (const [name, value] of Object.entries(wanted)) element.style.setProperty(name, value);
      this.#applied = Object.keys(wanted);
    }
    return noChange;
  }
}

export const properties = directive(PropertiesDirective);
