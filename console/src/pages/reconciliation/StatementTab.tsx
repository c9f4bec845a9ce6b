import { useQuery } from '@tanstack/react-query';
import { IconCertificate } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useCan } from '../../app/session';
import { DataArea } from '../../components/DataArea';
import { dayRange } from '../../components/day-range';
import { FilterBar } from '../../components/FilterBar';
import { FilterDay } from '../../components/FilterDay';
import { Notice } from '../../components/Notices';
import { useFilters } from '../../components/useFilters';
import { lazily } from '../../components/lazily';
import { STATEMENT } from './paths';
import { Statement } from './Statement';

const CompareList = lazily(async () => (await import('./CompareList')).CompareList);

/** What can be stated of some days, signed. */
export function StatementTab() {
  const { t } = useTranslation('reconciliation');
  const can = useCan();
  const filters = useFilters(['from', 'to']);
  const [from, to] = dayRange(filters.values.from, filters.values.to);
  return (
    <>
      <FilterBar filters={filters}>
        <FilterDay filters={filters} name="from" label={t('start.from')} />
        <FilterDay filters={filters} name="to" label={t('start.to')} />
      </FilterBar>
      {from === undefined || to === undefined ? (
        <Notice icon={<IconCertificate size={28} />} title={t('statement.choose')}>
          {t('statement.chooseText')}
        </Notice>
      ) : (
        <>
          <Stated from={from} to={to} />
          {can('applicants:read') && can('stats:read') && <CompareList period={{ from, to }} />}
        </>
      )}
    </>
  );
}

function Stated({ from, to }: { from: string; to: string }) {
  const query = useQuery({
    queryKey: [STATEMENT, from, to],
    queryFn: ({ signal }) => answerOf(api.GET(STATEMENT, { params: { query: { from, to } }, signal })),
  });
  return <DataArea query={query}>{(signed) => <Statement signed={signed} />}</DataArea>;
}
