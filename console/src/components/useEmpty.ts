import { useTranslation } from 'react-i18next';
import type { Empty } from './DataArea';
import type { Filters } from './useFilters';

/** What stands in a list without rows: that nothing fits the filters, where some are set. @param text that says so */
export function useEmpty(
  { isAny, clear }: Pick<Filters<string>, 'isAny' | 'clear'>,
  text: string,
  otherwise: Empty,
): Empty {
  const { t } = useTranslation('common');
  if (!isAny) return otherwise;
  return { kind: 'filtered', title: text, action: { label: t('clearFilters'), run: clear } };
}
