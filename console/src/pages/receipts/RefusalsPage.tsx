import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { paths, RefusalDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect } from '../../components/FilterBar';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { Refusal } from '../../components/Refusal';
import { RowLink } from '../../components/RowLink';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';

type Query = NonNullable<paths['/api/v1/refusals']['get']['parameters']['query']>;

const FILTERS = ['route', 'caller'] as const;
const ROUTES = ['token', 'success', 'fail', 'any'] as const;
const CALLERS = ['client', 'named', 'stranger'] as const;

/** What the token URL and the callback URLs refused: why, and what to do. */
export function Component() {
  const { t } = useTranslation('receipts');
  const filters = useFilters(FILTERS);
  const pages = usePages(['/api/v1/refusals', filters.values], (cursor, signal) =>
    answerOf(
      api.GET('/api/v1/refusals', { params: { query: { ...(filters.values as Query), cursor } }, signal }),
    ),
  );
  const empty = useEmpty(filters, t('refusals.filtered'), { kind: 'good', title: t('refusals.good') });
  return (
    <>
      <PageHeader title={t('refusals.title')} text={t('refusals.text')} />
      <FilterBar filters={filters} views="refusals">
        <FilterSelect
          filters={filters}
          name="route"
          label={t('column.route')}
          options={ROUTES.map((value) => ({ value, label: t(`route.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="caller"
          label={t('column.caller')}
          options={CALLERS.map((value) => ({ value, label: t(`caller.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('refusals.title')}
        pages={pages}
        columns={useColumns()}
        idOf={(row) => [row.firstAt, row.at, row.route, row.method, row.code, row.remoteAddress].join(' ')}
        empty={empty}
      />
    </>
  );
}

function useColumns(): Column<RefusalDto>[] {
  const { t } = useTranslation('receipts');
  return [
    { id: 'reason', header: t('column.reason'), cell: (row) => <Refusal code={row.code} /> },
    {
      id: 'status',
      header: t('column.answer'),
      cell: ({ status, code }) => (
        <Ltr>
          {status} {code}
        </Ltr>
      ),
    },
    { id: 'route', header: t('column.route'), cell: ({ route }) => t(`route.${route}`) },
    { id: 'caller', header: t('column.caller'), cell: ({ caller }) => t(`caller.${caller}`) },
    { id: 'client', header: t('column.client'), cell: (row) => <Value text={row.clientId} /> },
    { id: 'address', header: t('column.address'), cell: (row) => <Value text={row.remoteAddress} /> },
    { id: 'count', header: t('column.count'), isNumber: true, cell: ({ count }) => count },
    { id: 'at', header: t('column.latest'), cell: ({ at }) => <When at={at} /> },
    {
      id: 'receipt',
      header: t('column.bytes'),
      cell: ({ receiptId }) =>
        receiptId === null ? <Nothing /> : <RowLink to={`/receipts/${receiptId}`}>{t('receipt')}</RowLink>,
    },
  ];
}

function Value({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <Ltr>{text}</Ltr>;
}
