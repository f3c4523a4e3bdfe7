/**
 * A test bed for the built webviews: each page stands in a real Chromium under the policy that is shipped, with the variables
 * and classes that VS Code gives a webview, and with an editor that the test plays. A violation of the policy is an error.
 */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { describe } from "vitest";
import { contentSecurityPolicy, panelHtml } from "../../../src/extension/panels/panelHtml";
import { hasChromium, launchChromium } from "../chromium";
import dark from "./themes/dark.json";
import highContrast from "./themes/high-contrast.json";
import highContrastLight from "./themes/high-contrast-light.json";
import light from "./themes/light.json";

export const THEMES = {
  dark: { variables: dark, classes: ["vscode-dark"] },
  light: { variables: light, classes: ["vscode-light"] },
  "high-contrast": { variables: highContrast, classes: ["vscode-high-contrast"] },
  "high-contrast-light": {
    variables: highContrastLight,
    classes: ["vscode-high-contrast", "vscode-high-contrast-light"],
  },
} as const;
export type ThemeName = keyof typeof THEMES;
export const THEME_NAMES: readonly ThemeName[] = ["dark", "light", "high-contrast", "high-contrast-light"];

const BUILT = resolve(import.meta.dirname, "../../../dist/webview");
const NONCE = "dGVzdC1iZWQtbm9uY2U=";
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".ttf": "font/ttf",
};

/** `describe` for tests that need a browser; says so where there is none. */
export function describeInBrowser(name: string, body: () => void): void {
  if (hasChromium) describe(name, body);
  else describe.skip(`${name} (no Chromium here; GYRUS_CHROMIUM names one)`, body);
}

export interface OpenPanel {
  readonly page: Page;
  /** Plays a message of the editor. Typed arrays arrive as such, as they do in VS Code. */
  send(message: unknown): Promise<void>;
  /** Messages that the panel sent so far. */
  sent(): Promise<readonly { readonly kind: string; readonly [key: string]: unknown }[]>;
  /** Errors of the page and violations of the policy. */
  readonly faults: readonly string[];
}

export interface PanelChoice {
  /** Folder of the panel below webview/. */
  readonly panel: string;
  readonly element: string;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What the panel stored before the window was reloaded. */
  readonly state?: unknown;
  readonly reducedMotion?: boolean;
}

export class WebviewBed {
  private constructor(
    private readonly server: Server,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<WebviewBed> {
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "/", "http://bed");
      const origin = `http://${request.headers.host}`;
      if (url.pathname === "/panel") {
        const page = panelHtml(
          {
            cspSource: origin,
            script: `${origin}/${url.searchParams.get("panel")}.js`,
            styleSheet: `${origin}/document.css`,
            title: "Gyrus",
            language: "en",
            element: url.searchParams.get("element") ?? "",
          },
          NONCE,
        );
        response.setHeader("Content-Type", "text/html");
        response.setHeader("Content-Security-Policy", contentSecurityPolicy(origin, NONCE));
        response.end(page);
        return;
      }
      if (url.pathname === "/favicon.ico") {
        response.end();
        return;
      }
      try {
        const content = await readFile(resolve(BUILT, `.${url.pathname}`));
        response.setHeader("Content-Type", TYPES[extname(url.pathname)] ?? "application/octet-stream");
        response.end(content);
      } catch {
        response.statusCode = 404;
        response.end();
      }
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const browser = await launchChromium();
    return new WebviewBed(server, browser);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await new Promise((closed) => this.server.close(closed));
  }

  async open(choice: PanelChoice): Promise<OpenPanel> {
    const { panel, element, theme = "dark", width = 1100, height = 900, state, reducedMotion } = choice;
    const context = await this.browser.newContext({
      viewport: { width, height },
      colorScheme: theme.includes("light") ? "light" : "dark",
      reducedMotion: reducedMotion === true ? "reduce" : "no-preference",
      ...(theme.startsWith("high-contrast") ? { forcedColors: "none" } : {}),
    });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
    });
    await page.addInitScript(playVsCode, {
      variables: THEMES[theme].variables,
      classes: [...THEMES[theme].classes],
      state,
    });
    const { port } = this.server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/panel?panel=${panel}&element=${element}`);
    return {
      page,
      faults,
      send: (message) =>
        page.evaluate((received) => {
          window.postMessage(received);
          return new Promise<void>((handled) => setTimeout(handled));
        }, message),
      sent: () => page.evaluate(() => (window as unknown as Played).gyrusSent),
    };
  }
}

interface Played {
  gyrusSent: { kind: string }[];
  gyrusState: () => unknown;
  acquireVsCodeApi: () => unknown;
}

/** Runs in the page before everything else: what the frame of a VS Code webview provides. */
function playVsCode({
  variables,
  classes,
  state,
}: {
  variables: Readonly<Record<string, string>>;
  classes: readonly string[];
  state: unknown;
}): void {
  const played = window as unknown as Played;
  played.gyrusSent = [];
  let stored = state;
  played.acquireVsCodeApi = () => ({
    postMessage: (message: { kind: string }) => played.gyrusSent.push(message),
    getState: () => stored,
    setState: (next: unknown) => {
      stored = next;
    },
  });
  played.gyrusState = () => stored;
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    reportError(new Error(`policy violated: ${violatedDirective} ${blockedURI}`)),
  );
  const dress = () => {
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
    document.documentElement.style.setProperty(
      "--vscode-font-family",
      '"Ubuntu", "Inter", "Open Sans", system-ui, sans-serif',
    );
    document.body.classList.add(...classes);
    document.body.dataset.vscodeThemeKind = classes.at(-1);
  };
  if (document.body === null) document.addEventListener("DOMContentLoaded", dress);
  else dress();
}
