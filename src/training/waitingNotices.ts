/** Says what a training waits for, and lets it be stopped meanwhile. */
import type { Awaited, Waiting } from "../maps/units/waiting";
import { type Notice, notice } from "./notices";

/** What a wait needs of the options of a run. */
export function waitingOf({
  signal,
  onNotice,
}: {
  readonly signal?: AbortSignal | undefined;
  readonly onNotice?: ((notice: Notice) => void) | undefined;
}): Waiting {
  return { signal, onWait: (awaited) => onNotice?.(describeWait(awaited)) };
}

function describeWait(awaited: Awaited): Notice {
  const time = new Date(awaited.since).toLocaleString();
  switch (awaited.kind) {
    case "guard":
      return notice("waiting-for-guard", { file: awaited.file, time });
    case "sign": {
      const { pid, host, most } = awaited;
      return notice("waiting-for-sign", { pid, host, time, seconds: Math.ceil(most / 1000) });
    }
  }
}
