import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApplicantFilterDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { useFormat } from '../../i18n/format';

/** Who is in a file, in words. */
export function FilterWords({ filter }: { filter: ApplicantFilterDto }) {
  const { t } = useTranslation(['exports', 'common']);
  const format = useFormat();
  const { outcome, status, receivedFrom, receivedTo, nationality, documentType, flag } = filter;
  const code = (value: string | number | undefined) => value !== undefined && <Ltr>{value}</Ltr>;
  const words: [label: string, value: ReactNode][] = [
    ['', outcome !== undefined && t(`common:outcome.${outcome}`)],
    [t('filter.from'), receivedFrom !== undefined && format.date(receivedFrom)],
    // the end is excluded
    [t('filter.to'), receivedTo !== undefined && format.date(new Date(Date.parse(receivedTo) - 1))],
    [t('filter.status'), code(status)],
    [t('filter.documentType'), code(documentType)],
    [t('filter.nationality'), code(nationality)],
    [t('filter.flag'), code(flag)],
  ];
  const set = words.filter(([, value]) => value !== false);
  if (set.length === 0) return t('everybody');
  return set.map(([label, value], index) => (
    <Fragment key={label}>
      {index > 0 && ' · '}
      {label} {value}
    </Fragment>
  ));
}
