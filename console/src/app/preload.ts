import type { QueryClient } from '@tanstack/react-query';
import { matchPath } from 'react-router';
import { BASE } from '../base';
import { type Page, PAGES } from './pages';
import { ME } from './session';

/** What the page of an address waits for begins to come while the shell starts; whatever fails is asked for again by who needs it. */
export function preload(pathname: string, queries: QueryClient): void {
  const page: Page | undefined = PAGES.find(({ path }) => matchPath(BASE + path, pathname) !== null);
  if (page === undefined) return;
  page.load?.().catch(() => undefined);
  queries.query(ME).catch(() => undefined);
}
