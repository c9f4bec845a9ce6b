import { BASE } from '../base';
import { keptOf, VIEWED, type ViewedList } from './viewed-lists';

/** Filters of a list, under a name that somebody gave them. */
export interface SavedView {
  name: string;
  values: Readonly<Record<string, string>>;
}

const COOKIE = 'rollcall-views';
const YEAR_SECONDS = 31_536_000;
/** Browsers take 4,096, with the cookie's name and attributes. */
const MAX_LENGTH = 3_500;
export const MAX_NAME_LENGTH = 40;

type All = Partial<Record<ViewedList, SavedView[]>>;

/**
 * Those of a list, in the order of their names. They are kept in a cookie, as preferences are: the server clears storage when somebody
 * logs out. It goes to the pages of the console, never to the API.
 */
export function savedViewsOf(list: ViewedList): SavedView[] {
  return read()[list] ?? [];
}

/** In the place of one with the same name. @returns false where there is no room for it */
export function saveView(list: ViewedList, { name, values }: SavedView): boolean {
  const others = savedViewsOf(list).filter((view) => view.name !== name);
  const views = [...others, { name, values: keptOf(list, values) }];
  return write({ ...read(), [list]: views.sort((a, b) => a.name.localeCompare(b.name)) });
}

export function removeView(list: ViewedList, name: string): void {
  write({ ...read(), [list]: savedViewsOf(list).filter((view) => view.name !== name) });
}

/** @returns false where there is no room for the new name */
export function renameView(list: ViewedList, view: SavedView, name: string): boolean {
  if (!saveView(list, { ...view, name })) return false;
  if (name !== view.name) removeView(list, view.name);
  return true;
}

function read(): All {
  const start = `${COOKIE}=`;
  const pair = document.cookie.split('; ').find((one) => one.startsWith(start));
  if (pair === undefined) return {};
  try {
    return allOf(JSON.parse(decodeURIComponent(pair.slice(start.length))));
  } catch {
    return {};
  }
}

/** As `write` wrote it: `{"receipts": [["Refused", "state=rejected"]]}`. What is not of that form is left out. */
function allOf(written: unknown): All {
  const lists = Object.keys(VIEWED) as ViewedList[];
  const all = (written ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    lists.map((list) => {
      const views = all[list];
      return [list, Array.isArray(views) ? views.flatMap((view) => viewOf(list, view)) : []];
    }),
  );
}

function viewOf(list: ViewedList, view: unknown): SavedView[] {
  if (!Array.isArray(view)) return [];
  const [name, query] = view as unknown[];
  if (typeof name !== 'string' || typeof query !== 'string') return [];
  return [{ name, values: keptOf(list, Object.fromEntries(new URLSearchParams(query))) }];
}

function write(all: All): boolean {
  const used = Object.entries(all).filter(([, views]) => views.length > 0);
  const written = used.map(([list, views]) => [
    list,
    views.map(({ name, values }) => [name, new URLSearchParams(values).toString()]),
  ]);
  const value = encodeURIComponent(JSON.stringify(Object.fromEntries(written)));
  if (value.length > MAX_LENGTH) return false;
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${COOKIE}=${value}; Path=${BASE}; SameSite=Strict; Max-Age=${YEAR_SECONDS}${secure}`;
  return document.cookie.includes(`${COOKIE}=${value}`);
}
