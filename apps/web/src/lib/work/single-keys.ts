const KEPT = 'casebook-single-keys';

/** Whether keys of one character act on this device. */
export function keptSingleKeys(): boolean {
  return localStorage.getItem(KEPT) !== 'off';
}

export function keepSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, 'off');
}

/** Whether a press is of the kind that is switched off: one character, by itself, where nothing is being typed. */
export function silencesSingleKeys(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1 || event.key === ' ')
    return false;
  return !(event.target instanceof Element && event.target.closest('input, textarea, select') !== null);
}
