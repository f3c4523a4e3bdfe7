import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { LogOutputChannel } from "vscode";
import { visible } from "../../../src/experiment/visibleText";
import { auditReport } from "../../../src/extension/commands/auditReport";
import { mapsTooltip } from "../../../src/extension/experiments/treeItems";
import { asCode, asMarkdown, asMessage, plainLog, plainMarkdown } from "../../../src/extension/plainText";
import { mapsView } from "../../support/mapsViews";

const link = "[press me](command:workbench.action.terminal.new)";

describe("text of files", () => {
  it("is shown where a terminal would obey it: colours, links, the clipboard, the line that came before", () => {
    const terminal = "a\u001b[31mb\u001b]8;;http://x\u0007c\u001b]52;c;aGk=\u0007\rd\u009b2Ke\u007f";
    expect(visible(terminal)).toBe(
      "a\\u001b[31mb\\u001b]8;;http://x\\u0007c\\u001b]52;c;aGk=\\u0007\\u000dd\\u009b2Ke\\u007f",
    );
    expect(visible("sub-\u202e10\u2066\u200f")).toBe("sub-\\u202e10\\u2066\\u200f");
    expect(visible("é 日本 עברית 🧠\tcell\nline")).toBe("é 日本 עברית 🧠\tcell\nline");
  });

  it("leaves a line of JSON what it is", () => {
    const said = { id: "sub-\u202e\u009b\u001b[2J", plain: "a b" };
    expect(JSON.parse(visible(JSON.stringify(said)))).toEqual(said);
  });

  it("makes no link in a notification", () => {
    expect(asMessage(`sub-${link}\u001b`)).toBe(
      "sub-[press me] (command:workbench.action.terminal.new)\\u001b",
    );
  });

  it("is no Markdown, no HTML, no image and no new line in a page", () => {
    expect(asMarkdown(`![x](http://a/b.png) <img src=x> &lt; ${link}\n# head | cell`)).not.toMatch(
      /(?<!\\)[![\]()<>&#|]|\n/,
    );
    expect(asCode("a`b``c\nd")).toBe("``` a`b``c d ```");
    expect(asCode("/data/maps")).toBe("`/data/maps`");
    expect(plainMarkdown("x")).toMatchObject({ isTrusted: false, supportHtml: false });
  });

  it("reaches no page, tooltip or hover as it is", () => {
    const asText = /(?<!\\)\[press me\]\(/;
    const outsideCode = (page: string) => page.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");
    const problem = {
      code: "x",
      severity: "error",
      file: `/${link}\`${link}`,
      where: null,
      key: null,
    } as const;
    const findings = [{ ...problem, message: link, remedy: link }];
    expect(outsideCode(auditReport(link, { scans: 1, people: 1, read: 1, findings }))).not.toMatch(asText);
    expect(mapsTooltip(mapsView({ maps: `/${link}`, task: link, architecture: link })).value).not.toMatch(
      asText,
    );
    expect(mapsTooltip(mapsView({}))).toMatchObject({ isTrusted: false, supportHtml: false });
  });

  it("is written to the output channel without what a reader of it would obey", () => {
    const channel = { info: vi.fn(), error: vi.fn(), warn: vi.fn(), debug: vi.fn(), show: vi.fn() };
    const log = plainLog(Object.freeze(channel) as unknown as LogOutputChannel);
    log.info("a\u001b[2Jb");
    log.error(new Error("c\u202ed"));
    log.show();
    expect(channel.info).toHaveBeenCalledWith("a\\u001b[2Jb");
    expect(channel.error.mock.calls[0]?.[0]).toContain("c\\u202ed");
    expect(channel.show).toHaveBeenCalledOnce();
  });
});

/** The places that escape. Whoever shows a text of files goes through them. */
const DOORS: Readonly<Record<string, RegExp>> = {
  "report.ts": /window\.show(?:Information|Warning|Error)Message/,
  "plainText.ts": /new MarkdownString\(|isTrusted = |supportHtml = /,
  "commands/steps.ts": /createInputBox|showInputBox|validationMessage = /,
};

it.each(Object.entries(DOORS))("is shown through one place: %s", (door, calls) => {
  const root = resolve(import.meta.dirname, "../../../src/extension");
  const users = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && calls.test(readFileSync(join(root, file), "utf8")),
  );
  expect(users.map((file) => file.replaceAll("\\", "/"))).toEqual([door]);
});

it("never becomes markup of a view, but for the drawings that escape each of their texts", () => {
  const root = resolve(import.meta.dirname, "../../../webview");
  const users = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => {
    if (!file.endsWith(".ts")) return false;
    return /unsafeHTML|unsafeSVG\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write/.test(
      readFileSync(join(root, file), "utf8"),
    );
  });
  expect(users.map((file) => file.replaceAll("\\", "/"))).toEqual(["network/view/stage.ts"]);
});
