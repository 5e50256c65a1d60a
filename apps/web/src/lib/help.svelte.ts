import { getContext, setContext } from 'svelte';

export interface KeyHelp {
  /** As printed on the key: `N`, `Ctrl Z`, `1 – 9`. */
  readonly keys: string;
  readonly does: string;
}

/** The help that `?` opens on every page; a page adds the keys it knows itself. */
export class Help {
  open = $state(false);
  /** The open page's own keys; replaced by each page that has some. */
  pageKeys = $state.raw<readonly KeyHelp[]>([]);
  /**
   * Whether keys of one character act, where the open page lets a person switch them off (WCAG 2.1.4: speech
   * input types them by accident); null where it does not.
   */
  singleKeys = $state<boolean | null>(null);
}

const KEY = Symbol('help');

export function provideHelp(): Help {
  return setContext(KEY, new Help());
}

/** The help of the page, for whoever shows a button for it or adds keys: `useHelp().pageKeys = …`. */
export function useHelp(): Help {
  return getContext<Help>(KEY);
}
