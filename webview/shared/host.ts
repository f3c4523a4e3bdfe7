import { useLanguage } from "./numbers";

/** The editor, seen from a webview: messages both ways and a small state that survives a reload of the window. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export class Host<Incoming extends { readonly kind: string }, Outgoing, State> {
  readonly #api = acquireVsCodeApi();

  constructor() {
    useLanguage(document.documentElement.lang);
  }

  post(message: Outgoing): void {
    this.#api.postMessage(message);
  }

  /** Messages come from the extension alone: a webview has no other frame that could reach it. */
  listen(receive: (message: Incoming) => void): void {
    window.addEventListener("message", ({ data }: MessageEvent<Incoming>) => receive(data));
  }

  /** What `remember` last stored, when `isState` recognises it (an older version may have stored something else). */
  recall(isState: (stored: unknown) => stored is State): State | undefined {
    const stored = this.#api.getState();
    return isState(stored) ? stored : undefined;
  }

  remember(state: State): void {
    this.#api.setState(state);
  }
}
