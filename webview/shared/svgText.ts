/** Text and attribute values of an exported SVG file: names of runs and classes are anything that a user may type. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");
}

type Attributes = Readonly<Record<string, string | number>>;

/** `<name attributes>children</name>`; children are markup already, attribute values are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? round(value) : escapeXml(value)}"`)
    .join("");
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join("")}</${name}>`;
}

/** `<text>` with escaped content. */
export function textElement(attributes: Attributes, content: string): string {
  return element("text", attributes, escapeXml(content));
}

const round = (value: number) => String(Math.round(value * 100) / 100);
