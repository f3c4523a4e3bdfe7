/** Value of the control that fired `event`; "" when it has none. */
export function controlValue(event: Event): string {
  const { target } = event;
  return target instanceof HTMLElement && "value" in target ? String(target.value) : "";
}
