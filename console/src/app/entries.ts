import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Group, PAGES } from './pages';
import { may, useMe } from './session';

/** A page as the navigation and the palette show it. */
export interface Entry {
  path: string;
  group: Group;
  icon: Icon;
  label: string;
}

/** The pages that are written, and that the person may open. */
export function useEntries(): Entry[] {
  const { t } = useTranslation('shell');
  const me = useMe();
  return PAGES.flatMap((page) => {
    if (!('entry' in page) || !('load' in page) || !may(me, 'scope' in page ? page.scope : undefined))
      return [];
    const { title, ...entry } = page.entry;
    return [{ path: page.path, ...entry, label: t(title) }];
  });
}
