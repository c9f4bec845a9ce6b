import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ListedReceiptDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterSelect, FilterText } from '../../components/FilterBar';
import { FilterDay } from '../../components/FilterDay';
import { LiveSwitch } from '../../components/LiveSwitch';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { NewRows } from '../../components/NewRows';
import { PageHeader } from '../../components/PageHeader';
import { RowLink } from '../../components/RowLink';
import { useEmpty } from '../../components/useEmpty';
import { type Filters, useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { FILTERS, KINDS, queryOf, SOURCES, STATES } from './filters';
import { ReceiptBadge } from './ReceiptBadge';

type ReceiptFilters = Filters<(typeof FILTERS)[number]>;

/** Every callback as it came, newest first. */
export function Component() {
  const { t } = useTranslation('receipts');
  const filters = useFilters(FILTERS);
  const { values } = filters;
  const queryKey = ['/api/v1/receipts', values];
  const read = (cursor: string | undefined, signal: AbortSignal) =>
    answerOf(api.GET('/api/v1/receipts', { params: { query: { ...queryOf(values), cursor } }, signal }));
  const pages = usePages(queryKey, read);
  const empty = useEmpty(filters, t('filtered'), {
    kind: 'first',
    title: t('first.title'),
    text: t('first.text'),
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        <LiveSwitch />
      </PageHeader>
      <ReceiptFilterBar filters={filters} />
      <NewRows
        pages={pages}
        topic="receipts"
        queryKey={queryKey}
        read={(signal) => read(undefined, signal)}
        idOf={({ receiptId }) => receiptId}
      />
      <DataTable
        label={t('title')}
        pages={pages}
        columns={useColumns()}
        idOf={({ receiptId }) => receiptId}
        empty={empty}
      />
    </>
  );
}

function ReceiptFilterBar({ filters }: { filters: ReceiptFilters }) {
  const { t } = useTranslation('receipts');
  const states = STATES.map((value) => ({ value, label: t(`state.${value}`) }));
  const kinds = KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  const sources = SOURCES.map((value) => ({ value, label: t(`source.${value}`) }));
  return (
    <FilterBar filters={filters} views="receipts">
      <FilterSelect filters={filters} name="state" label={t('column.state')} options={states} />
      <FilterSelect filters={filters} name="kind" label={t('column.kind')} options={kinds} />
      <FilterSelect filters={filters} name="source" label={t('column.source')} options={sources} />
      <FilterText filters={filters} name="applicantId" label={t('column.applicant')} />
      <FilterDay filters={filters} name="from" label={t('filter.from')} />
      <FilterDay filters={filters} name="to" label={t('filter.to')} />
    </FilterBar>
  );
}

function useColumns(): Column<ListedReceiptDto>[] {
  const { t } = useTranslation('receipts');
  return [
    {
      id: 'received',
      header: t('column.received'),
      cell: ({ receiptId, receivedAt }) => (
        <RowLink to={`/receipts/${receiptId}`}>
          <When at={receivedAt} />
        </RowLink>
      ),
    },
    { id: 'state', header: t('column.state'), cell: ({ state }) => <ReceiptBadge state={state} /> },
    { id: 'kind', header: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    { id: 'source', header: t('column.source'), cell: ({ source }) => t(`source.${source}`) },
    { id: 'elements', header: t('column.elements'), isNumber: true, cell: ({ received }) => received },
    { id: 'applied', header: t('column.applied'), isNumber: true, cell: ({ applied }) => applied },
    { id: 'duplicates', header: t('column.same'), isNumber: true, cell: ({ duplicates }) => duplicates },
    {
      id: 'quarantined',
      header: t('column.quarantined'),
      isNumber: true,
      cell: ({ quarantined }) => quarantined,
    },
    { id: 'client', header: t('column.client'), cell: ({ clientId }) => <Text text={clientId} /> },
    {
      id: 'address',
      header: t('column.address'),
      cell: ({ remoteAddress }) => <Text text={remoteAddress} />,
    },
  ];
}

function Text({ text }: { text: string | null }) {
  return text === null ? <Nothing /> : <Ltr>{text}</Ltr>;
}
