import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApplicantStatsDto, SeriesDto } from '@schema';
import { DataArea } from '../../components/DataArea';
import { Section } from '../../components/Section';
import { type Bar, Bars } from './Bars';
import { governorates } from './queries';
import type { RangeName } from './range';

const SHOWN = 8;

/** Where applicants come from: the most frequent ones. */
export function Governorates({ range }: { range: RangeName }) {
  const { t } = useTranslation('overview');
  const query = useQuery(governorates(range));
  const barsOf = useBars();
  return (
    <Section title={t('governorate.title')}>
      <DataArea
        query={query}
        skeleton={<Skeleton height={220} />}
        empty={({ series }) =>
          series.length === 0 ? { kind: 'first', title: t('governorate.nobody') } : undefined
        }
      >
        {(stats) => <Bars label={t('governorate.title')} bars={barsOf(stats)} />}
      </DataArea>
    </Section>
  );
}

function useBars(): (stats: ApplicantStatsDto) => Bar[] {
  const { t, i18n } = useTranslation('overview');
  const nameOf = ({ names, value }: SeriesDto) =>
    names === null ? (value ?? t('governorate.none')) : names[i18n.language === 'ar' ? 'ar' : 'en'];
  return ({ series, rest }) => {
    const others = series.slice(SHOWN).reduce((sum, { total }) => sum + total, rest?.total ?? 0);
    const shown = series.slice(0, SHOWN).map((one) => ({
      id: one.value ?? '',
      name: nameOf(one),
      value: one.total,
    }));
    return others === 0
      ? shown
      : [...shown, { id: 'others', name: t('governorate.others'), value: others, isRest: true }];
  };
}
