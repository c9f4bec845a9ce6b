import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/format';

/** What the charts name and write. */
export function useWords() {
  const { t } = useTranslation(['overview', 'common']);
  const format = useFormat();
  return {
    outcome: (outcome: 'accepted' | 'rejected' | 'conflict' | 'unknown') => t(`common:outcome.${outcome}`),
    inbound: (kind: 'applied' | 'duplicates' | 'quarantined' | 'refused') => t(`chart.series.${kind}`),
    approval: t('chart.approval'),
    number: format.number,
    share: format.share,
  };
}

export type Words = ReturnType<typeof useWords>;
