import { Badge, Button, Group } from '@mantine/core';
import { IconDatabaseExport, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { ApplicantItemDto } from '@schema';
import { openPalette } from '../../app/open-palette';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { LiveSwitch } from '../../components/LiveSwitch';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { NewRows } from '../../components/NewRows';
import { OutcomeBadge } from '../../components/OutcomeBadge';
import { PageHeader } from '../../components/PageHeader';
import { RowLink } from '../../components/RowLink';
import { useEmpty } from '../../components/useEmpty';
import { useFilters } from '../../components/useFilters';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { ApplicantFilters } from '../../components/ApplicantFilters';
import { FILTERS, queryOf } from '../../components/applicant-filters';

/** Who was enrolled, newest first. */
export function Component() {
  const { t } = useTranslation('applicants');
  const can = useCan();
  const filters = useFilters(FILTERS);
  const queryKey = ['/api/v1/applicants', filters.values];
  const read = (cursor: string | undefined, signal: AbortSignal) =>
    answerOf(
      api.GET('/api/v1/applicants', { params: { query: { ...queryOf(filters.values), cursor } }, signal }),
    );
  const pages = usePages(queryKey, read);
  const columns = useColumns();
  const empty = useEmpty(filters, t('filtered.title'), {
    kind: 'first',
    title: t('first.title'),
    text: t('first.text'),
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        <LiveSwitch />
        {can('applicants:search') && (
          <Button variant="default" leftSection={<IconSearch size={16} />} onClick={openPalette}>
            {t('search')}
          </Button>
        )}
        {can('exports:write') && (
          <Button
            variant="default"
            leftSection={<IconDatabaseExport size={16} />}
            component={Link}
            to={`/exports/new?${new URLSearchParams(filters.values).toString()}`}
          >
            {t('export')}
          </Button>
        )}
      </PageHeader>
      <ApplicantFilters filters={filters} />
      <NewRows
        pages={pages}
        topic="applicants"
        queryKey={queryKey}
        read={(signal) => read(undefined, signal)}
        idOf={({ applicantId }) => applicantId}
      />
      <DataTable
        label={t('title')}
        pages={pages}
        columns={columns}
        idOf={({ applicantId }) => applicantId}
        empty={empty}
      />
    </>
  );
}

function useColumns(): Column<ApplicantItemDto>[] {
  const { t } = useTranslation('applicants');
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ applicantId, firstName, familyName }) => (
        <RowLink to={`/applicants/${encodeURIComponent(applicantId)}`}>
          <Name>{[firstName, familyName].filter(Boolean).join(' ') || applicantId}</Name>
        </RowLink>
      ),
    },
    { id: 'outcome', header: t('column.outcome'), cell: (row) => <OutcomeBadge outcome={row.outcome} /> },
    { id: 'idNumber', header: t('column.idNumber'), cell: ({ idNumber }) => <LtrValue>{idNumber}</LtrValue> },
    {
      id: 'document',
      header: t('column.document'),
      cell: ({ documentTypeCode }) => <LtrValue>{documentTypeCode}</LtrValue>,
    },
    { id: 'flags', header: t('column.flags'), cell: ({ flags }) => <Flags flags={flags} /> },
    { id: 'version', header: t('column.version'), isNumber: true, cell: ({ version }) => version },
    {
      id: 'lastReceivedAt',
      header: t('column.lastReceived'),
      cell: (row) => <When at={row.lastReceivedAt} />,
    },
  ];
}

function LtrValue({ children }: { children: string | null }) {
  return children === null ? <Nothing /> : <Ltr>{children}</Ltr>;
}

function Flags({ flags }: { flags: string[] }) {
  if (flags.length === 0) return <Nothing />;
  return (
    <Group gap={4}>
      {flags.map((flag) => (
        <Badge key={flag} color="orange" variant="light" size="sm" tt="none">
          <Ltr>{flag}</Ltr>
        </Badge>
      ))}
    </Group>
  );
}
