/**
 * One window of VS Code as a person uses it: palette, tree, notifications, webviews, found by role and name. What cannot
 * be seen from outside (diagnostics, registered commands) is asked inside the extension host by `host`.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import type * as vscode from "vscode";
import { z } from "zod";

const driverSchema = z.object({ port: z.number(), workspace: z.string() });
const answerSchema = z.object({ value: z.unknown().optional(), error: z.string().optional() });

/**
 * Milliseconds, against hanging only: a busy machine opens a window in more than a minute. In a browser the webviews also take
 * turns with one service worker, which waits 30 s for a webview that was closed while it loaded, and the next webview with it.
 */
export const patience = 180_000;

export class Workbench {
  private constructor(
    readonly page: Page,
    private readonly driverFolder: string,
    private driverPort: number,
  ) {
    page.setDefaultTimeout(patience);
  }

  /** The window that `open` leads to, once its extension host answers. */
  static async started(driverFolder: string, open: () => Promise<Page>): Promise<Workbench> {
    const known = await readdir(driverFolder);
    const page = await open();
    return new Workbench(page, driverFolder, await newDriverPort(driverFolder, known));
  }

  /** `Developer: Reload Window`: the extension host is another one afterwards. */
  async reload(): Promise<void> {
    const known = await readdir(this.driverFolder);
    // Its answer may be lost with the host that should give it.
    await this.host((api) => void api.commands.executeCommand("workbench.action.reloadWindow")).catch(
      () => {},
    );
    this.driverPort = await newDriverPort(this.driverFolder, known);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /**
   * Runs `action` in the extension host and returns what it returns, as JSON. It sees only its arguments:
   * it travels as source text.
   */
  async host<Argument, Result>(
    action: (api: typeof vscode, argument: Argument) => Result | Thenable<Result>,
    ...[argument]: undefined extends Argument ? [Argument?] : [Argument]
  ): Promise<Result> {
    const response = await fetch(`http://127.0.0.1:${this.driverPort}`, {
      method: "POST",
      body: JSON.stringify({ source: action.toString(), argument }),
    });
    const answer = answerSchema.parse(await response.json());
    if (answer.error !== undefined) throw new Error(answer.error);
    // The driver ran `action` itself, and JSON keeps the types that tests return.
    return answer.value as Result;
  }

  /** Runs a command as a person does: F1, its title, Enter. A palette that still opens loses what is written: then once more. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const input = this.quickInput();
    const end = Date.now() + patience;
    for (;;) {
      await input.fill(`>${title}`);
      try {
        await this.page.getByRole("option", { name: title }).first().waitFor({ timeout: 5_000 });
        break;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
    await this.page.keyboard.press("Enter");
  }

  /** The text field of the palette, of quick picks and of input boxes. */
  quickInput(): Locator {
    return this.page.locator(".quick-input-widget:visible input").first();
  }

  /** A line of a quick pick. */
  option(name: string | RegExp): Locator {
    return this.page.locator(".quick-input-widget").getByRole("option", { name });
  }

  /** Opens Gyrus in the activity bar. */
  async openGyrus(): Promise<void> {
    await this.host((api) => api.commands.executeCommand("workbench.view.extension.gyrus"));
    await this.view().waitFor();
  }

  /** The Experiments view, or another view of the side bar. */
  view(name = "Experiments"): Locator {
    return this.page
      .locator(".pane")
      .filter({ has: this.page.locator(`.pane-header[aria-label^="${name}"]`) });
  }

  /** A row of a tree by its accessible name. */
  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole("treeitem", { name });
  }

  /**
   * Presses an inline action of a row. It shows while the row is pointed at, and a row that is drawn anew under a pointer
   * that rests does not notice it: so the pointer comes again. Between a press and its release the row may be drawn anew as
   * well, and nothing would happen: so both are one event.
   */
  async pressInline(row: Locator, action: string): Promise<void> {
    const button = row.getByRole("button", { name: action, exact: true });
    const end = Date.now() + patience;
    for (;;) {
      await this.page.mouse.move(700, 400);
      await row.hover();
      try {
        await button.waitFor({ timeout: 2_000 });
        await button.dispatchEvent("click", undefined, { timeout: 2_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  /** Chooses from the context menu of something. By the Enter key: a menu takes no click in its first moments. */
  async chooseFromMenu(target: Locator, entry: string): Promise<void> {
    await target.click({ button: "right" });
    await this.page.getByRole("menuitem", { name: entry, exact: true }).hover();
    await this.page.keyboard.press("Enter");
  }

  /**
   * Chooses from the context menu and answers the input box that this opens, with `text` or with what stands in it, until
   * `next` shows. A menu that closes gives the focus back to its row, which closes an input box that was opened meanwhile,
   * or takes its key: then a person begins again.
   */
  async chooseAndAnswer(target: Locator, entry: string, next: Locator, text?: string): Promise<void> {
    const input = this.quickInput();
    const end = Date.now() + patience;
    for (;;) {
      try {
        await this.chooseFromMenu(target, entry);
        if (text !== undefined) await input.fill(text, { timeout: 10_000 });
        await input.press("Enter", { timeout: 10_000 });
        await next.waitFor({ timeout: 10_000 });
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await this.page.keyboard.press("Escape");
      }
    }
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator(".notification-toast").filter({ hasText: text });
  }

  async pressInNotification(text: string | RegExp, button: string): Promise<void> {
    await this.notification(text).getByRole("button", { name: button, exact: true }).click();
  }

  statusBarItem(name: string | RegExp): Locator {
    return this.page.locator(".statusbar-item").filter({ hasText: name });
  }

  editorTab(name: string | RegExp): Locator {
    return this.page.getByRole("tab", { name });
  }

  /** The document inside the visible webview of the active editor group. */
  webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready:visible").last().frameLocator("#active-frame");
  }

  async screenshot(path: string): Promise<void> {
    await this.page.screenshot({ path, animations: "disabled" });
  }
}

/** Waits for the extension host of a window that was not there before. */
async function newDriverPort(folder: string, known: readonly string[]): Promise<number> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const fresh = (await readdir(folder)).find((name) => name.endsWith(".json") && !known.includes(name));
    if (fresh !== undefined)
      return driverSchema.parse(JSON.parse(await readFile(join(folder, fresh), "utf8"))).port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The extension host of VS Code did not start in time.");
}
