import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format';

/** The days of a range of time. @param to excluded */
export function Days({ from, to }: { from: string; to: string }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  const first = format.date(from);
  const last = format.date(new Date(Date.parse(to) - 1));
  return first === last ? first : t('range', { from: first, to: last });
}
