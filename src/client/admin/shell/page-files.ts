import type { ComponentType } from 'preact';
import { findPage, type ConsolePage, type EventPageProps, type PageProps } from './pages.ts';

export type PageComponent = ComponentType<PageProps> | ComponentType<EventPageProps>;

const there = new Map<string, PageComponent>();
const coming = new Map<string, Promise<PageComponent>>();

/** The page's component, if its file has been loaded. */
export const pageComponent = (page: ConsolePage): PageComponent | null => there.get(page.path) || null;

/** Loads a page's file, once. Rejects when it cannot be had: no network, or a newer version has replaced it. */
export function loadPage(page: ConsolePage): Promise<PageComponent> {
  const running = coming.get(page.path);
  if (running) return running;
  const load = page.load as () => Promise<PageComponent>;
  const loading = load().then(
    (component) => {
      there.set(page.path, component);
      coming.delete(page.path);
      return component;
    },
    (error: unknown) => {
      coming.delete(page.path);
      throw error;
    },
  );
  coming.set(page.path, loading);
  return loading;
}

/** @returns null when the page of an address needs nothing more */
export function preparePage(address: string): Promise<unknown> | null {
  const found = findPage(address);
  return !found || there.has(found.page.path) ? null : loadPage(found.page);
}

/** Loads the page of a link that somebody is about to follow. */
export function foresee(address: string): void {
  const wait = preparePage(address);
  if (wait) wait.catch(() => undefined);
}
