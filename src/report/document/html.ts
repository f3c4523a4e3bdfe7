/** A report as one HTML file that needs nothing else: no script, no style and no picture from outside. */
import { createHash } from "node:crypto";
import { chartSvg, escaped } from "../figures/chart";
import { pngOf } from "../figures/png";
import type { Block, ReportDocument, ReportPicture, ReportTable, Text } from "./reportDocument";

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff;overflow-wrap:break-word}
h1{font-size:1.7rem}h2{font-size:1.25rem;border-bottom:1px solid #bbb;margin-top:2.2rem}h3{font-size:1.05rem;margin-top:1.6rem}
.table{overflow-x:auto;margin:.8rem 0}table{border-collapse:collapse;font-size:.9rem}th,td{border-bottom:1px solid #ccc;padding:.2rem .7rem;text-align:left;vertical-align:top}
td:first-child{min-width:7em}th{border-bottom:2px solid #666}td{font-variant-numeric:tabular-nums}figure{margin:1rem 0;max-width:27rem}figcaption{font-size:.9rem;margin-top:.3rem}
figure.wide{max-width:none}.pictures{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}.pictures figure{margin:0}.pictures img{display:block;box-sizing:border-box;border:1px solid #ccc;image-rendering:pixelated}
pre{overflow:auto;background:#f4f4f4;padding:.7rem;font-size:.8rem}nav ul{columns:2}
@page{margin:15mm}@media print{body{margin:0;padding:0;max-width:none;font-size:10.5pt;orphans:3;widows:3}nav,details{display:none}a{color:inherit;text-decoration:none}
h2,h3,h3+p,h3+p+p{break-after:avoid}figure.wide+figure.wide{break-before:avoid}figure,tr,img{break-inside:avoid}thead{display:table-header-group}
.table{overflow:visible}table{font-size:8.5pt}th,td{padding:.1rem .6rem}td:first-child{min-width:0}td:nth-child(2):last-child{overflow-wrap:anywhere}
figure{max-width:22rem}.pictures{flex-wrap:nowrap}.pictures figure{flex:0 1 auto;min-width:0}.pictures img{max-width:100%;height:auto}.pictures figcaption{font-size:8pt;white-space:nowrap}
pre{white-space:pre-wrap;overflow:visible;font-size:8pt;-webkit-box-decoration-break:clone;box-decoration-break:clone}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;

/** The one style that the page lets itself have (CSP Level 3, hash-source). */
const STYLE_HASH = `sha256-${createHash("sha256").update(STYLE).digest("base64")}`;

/** @param words of a text in the language of the reader */
export function reportHtml(
  { title, language, sections }: ReportDocument,
  words: (text: Text) => string,
): string {
  // What stands between backticks is a key or a command.
  const text = (given: Text) => escaped(words(given)).replace(/`([^`]+)`/g, "<code>$1</code>");
  const contents = sections.map(({ id, title: name }) => `<li><a href="#${id}">${text(name)}</a></li>`);
  const body = sections.map(
    ({ id, title: name, blocks }) =>
      `<section id="${id}"><h2>${text(name)}</h2>\n${blocks.map((block) => blockHtml(block, text)).join("\n")}</section>`,
  );
  return [
    `<!doctype html><html lang="${escaped(language)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${STYLE_HASH}'; img-src data:">`,
    `<meta name="viewport" content="width=device-width"><title>${text(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${text(title)}</h1><nav><ul>${contents.join("")}</ul></nav>`,
    ...body,
    "</main></body></html>\n",
  ].join("\n");
}

function blockHtml(block: Block, text: (given: Text) => string): string {
  switch (block.kind) {
    case "text":
      return `<p>${text(block.text)}</p>`;
    case "heading":
      return `<h3>${text(block.text)}</h3>`;
    case "table":
      return tableHtml(block, text);
    case "chart":
      return `<figure>${chartSvg(block.chart)}<figcaption>${text(block.caption)}</figcaption><details><summary>${escaped(block.chart.title)}</summary>${tableHtml(block.table, text)}</details></figure>`;
    case "pictures":
      return `<figure class="wide"><div class="pictures">${block.pictures.map((picture) => pictureHtml(picture, text)).join("")}</div><figcaption>${text(block.caption)}</figcaption>${block.table === null ? "" : tableHtml(block.table, text)}</figure>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${text(item)}</li>`).join("")}</ul>`;
    case "code":
      return `<pre>${escaped(block.text)}</pre>`;
  }
}

function pictureHtml({ picture, size, title }: ReportPicture, text: (given: Text) => string): string {
  const [width, height] = size.map(Math.round);
  const data = Buffer.from(pngOf(picture)).toString("base64");
  return `<figure><img src="data:image/png;base64,${data}" width="${width}" height="${height}" alt="${text(title)}"><figcaption>${text(title)}</figcaption></figure>`;
}

const tableHtml = ({ head, rows }: ReportTable, text: (given: Text) => string) =>
  `<div class="table"><table><thead><tr>${head.map((cell) => `<th scope="col">${text(cell)}</th>`).join("")}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${text(cell)}</td>`).join("")}</tr>`)
    .join("\n")}</tbody></table></div>`;
