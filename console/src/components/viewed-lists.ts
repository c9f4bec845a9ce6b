import { dayOf } from '../i18n/format';
import type { Filters } from './useFilters';

type Values = Readonly<Record<string, string>>;

interface Viewed {
  /** Filters that a view may hold: choices, days and codes. Never those that name a person, as an applicant id does. */
  kept: readonly string[];
  ready: Readonly<Record<string, () => Values>>;
}

/** A day of Cairo. @param days before today */
const dayBefore = (days: number) => dayOf(new Date(Date.now() - days * 86_400_000));
const today = () => ({ from: dayBefore(0) });
const week = () => ({ from: dayBefore(6) });

/** Lists that have views, and the views that come with the console. */
export const VIEWED = {
  applicants: {
    kept: ['outcome', 'from', 'to', 'documentType', 'nationality', 'flag'],
    ready: {
      today,
      week,
      conflict: () => ({ outcome: 'conflict' }),
      samePerson: () => ({ flag: 'samePerson' }),
      checkDigit: () => ({ flag: 'nationalIdChecksum' }),
    },
  },
  receipts: {
    kept: ['state', 'kind', 'source', 'from', 'to'],
    ready: {
      today,
      unreadable: () => ({ state: 'rejected' }),
      pending: () => ({ state: 'pending' }),
      failUrl: () => ({ kind: 'fail' }),
      fetched: () => ({ source: 'reconciliation' }),
    },
  },
  refusals: {
    kept: ['route', 'caller'],
    ready: {
      knownClients: () => ({ caller: 'client' }),
      strangers: () => ({ caller: 'stranger' }),
      tokenUrl: () => ({ route: 'token' }),
    },
  },
  quarantine: {
    kept: ['state', 'code', 'from', 'to'],
    ready: {
      today,
      withoutId: () => ({ code: 'APPLICANT_ID_MISSING' }),
      replayed: () => ({ state: 'replayed' }),
      discarded: () => ({ state: 'discarded' }),
    },
  },
} as const satisfies Record<string, Viewed>;

export type ViewedList = keyof typeof VIEWED;

export interface ViewsProps {
  list: ViewedList;
  filters: Pick<Filters<string>, 'values' | 'replace'>;
}

type ReadyName = { [List in ViewedList]: keyof (typeof VIEWED)[List]['ready'] }[ViewedList];

export function readyViewsOf(list: ViewedList): [name: ReadyName, values: () => Values][] {
  return Object.entries(VIEWED[list].ready) as [ReadyName, () => Values][];
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const CODE = /^[\w.:-]{1,40}$/;
/** Of an id, a phone number or a document. */
const NUMBER_OF_SOMEBODY = /\p{Nd}{5}/u;

/** What a view of the list would hold of these filters. What looks like more than a code stays out, whoever typed it there. */
export function keptOf(list: ViewedList, values: Readonly<Partial<Record<string, string>>>): Values {
  const kept: readonly string[] = VIEWED[list].kept;
  const isKept = ([name, value = '']: [string, string | undefined]) =>
    kept.includes(name) && (DAY.test(value) || (CODE.test(value) && !NUMBER_OF_SOMEBODY.test(value)));
  return Object.fromEntries(Object.entries(values).filter(isKept)) as Values;
}

/** Whether a name may be kept: no number and no mail address of somebody. */
export function isFitName(name: string): boolean {
  return name !== '' && !name.includes('@') && !NUMBER_OF_SOMEBODY.test(name.replace(/[\s./()-]/g, ''));
}

export function isSame(one: Readonly<Partial<Record<string, string>>>, other: Values): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
