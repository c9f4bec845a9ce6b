import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AuditEntryDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { FilterBar, FilterText } from '../../components/FilterBar';
import { FilterDay } from '../../components/FilterDay';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { ChainHead } from './ChainHead';
import { EntryDialog } from './EntryDialog';
import { AUDIT, FILTERS, queryOf } from './filters';
import { VerifyChain } from './VerifyChain';

/** Who did what to whom, newest first. */
export function Component() {
  const { t } = useTranslation('audit');
  const filters = useFilters(FILTERS);
  const [shown, setShown] = useState<AuditEntryDto>();
  const pages = usePages([AUDIT, filters.values], (cursor, signal) =>
    answerOf(api.GET(AUDIT, { params: { query: { ...queryOf(filters.values), cursor } }, signal })),
  );
  const columns = useColumns(setShown);
  const empty = useEmpty(filters, t('filtered'), { kind: 'first', title: t('first') });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <ChainHead />
      <VerifyChain />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="actor" label={t('column.actor')} />
        <FilterText filters={filters} name="action" label={t('column.action')} />
        <FilterText filters={filters} name="applicantId" label={t('filter.applicantId')} />
        <FilterDay filters={filters} name="from" label={t('filter.from')} />
        <FilterDay filters={filters} name="to" label={t('filter.to')} />
      </FilterBar>
      <DataTable label={t('title')} pages={pages} columns={columns} idOf={({ id }) => id} empty={empty} />
      {shown !== undefined && <EntryDialog entry={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}

function useColumns(show: (entry: AuditEntryDto) => void): Column<AuditEntryDto>[] {
  const { t } = useTranslation('audit');
  return [
    { id: 'at', header: t('column.at'), cell: ({ at }) => <When at={at} /> },
    { id: 'actor', header: t('column.actor'), cell: ({ actor }) => <Ltr>{actor}</Ltr> },
    { id: 'action', header: t('column.action'), cell: ({ action }) => <Ltr>{action}</Ltr> },
    { id: 'subject', header: t('column.subject'), cell: ({ subject }) => <Ltr>{subject}</Ltr> },
    { id: 'reason', header: t('column.reason'), cell: ({ reason }) => <Name>{reason}</Name> },
    {
      id: 'address',
      header: t('column.address'),
      cell: ({ address }) => (address === null ? <Nothing /> : <Ltr>{address}</Ltr>),
    },
    {
      id: 'more',
      header: t('column.more'),
      isNumber: true,
      cell: (entry) => (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={t('showOf', { action: entry.action, subject: entry.subject })}
          onClick={() => show(entry)}
        >
          {t('show')}
        </Button>
      ),
    },
  ];
}
