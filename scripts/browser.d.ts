/* What the scripts find in a browser and TypeScript does not know (`make types`). */

/** What a selector finds: it does not tell which of these. */
type Found = HTMLElement & HTMLInputElement & HTMLAnchorElement & HTMLMetaElement;

interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  querySelector(selectors: string): Found | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(selectors: K): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll(selectors: string): NodeListOf<Found>;
}

interface Element {
  closest<K extends keyof HTMLElementTagNameMap>(selectors: K): HTMLElementTagNameMap[K] | null;
  closest(selectors: string): Found | null;
  matches(selectors: string): boolean;
}

/** A click or a key goes to an element. */
interface UIEvent {
  readonly target: Element;
}

interface Window {
  /** Material's stream of the pages that are shown. */
  document$?: { subscribe(start: () => void): void };
}

/** The module at the site's root, made by `generator/pages/script_words.py`. */
declare module "*/language.js" {
  export const code: string;
  export const messages: Record<string, string | string[]>;
  export const words: Record<string, string>;
  export const statuses: Record<string, string[]>;
  export const noStatus: string[];
  export const form: (n: number) => number;
}
