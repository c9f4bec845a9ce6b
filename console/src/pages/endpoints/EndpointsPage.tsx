import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { EndpointDto } from '@schema';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { PageHeader } from '../../components/PageHeader';
import { RowLink } from '../../components/RowLink';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { lazily } from '../../components/lazily';
import { useFormat } from '../../i18n/format';
import { CircuitBadge, EndpointBadge } from './badges';
import { readEndpoint } from './read';

const CreateDialog = lazily(async () => (await import('./CreateDialog')).CreateDialog);

/** Where events are handed on to, and how that goes. */
export function Component() {
  const { t } = useTranslation('endpoints');
  const can = useCan();
  const [isCreating, { open, close }] = useDisclosure();
  const pages = usePages(['/api/v1/endpoints'], (cursor, signal) =>
    answerOf(api.GET('/api/v1/endpoints', { params: { query: { cursor } }, signal })),
  );
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('endpoints:write') && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t('create.open')}
          </Button>
        )}
      </PageHeader>
      <DataTable
        label={t('title')}
        pages={pages}
        columns={useColumns()}
        idOf={({ id }) => id}
        empty={{ kind: 'first', title: t('first.title'), text: t('first.text') }}
      />
      {isCreating && <CreateDialog onClose={close} />}
    </>
  );
}

function useColumns(): Column<EndpointDto>[] {
  const { t } = useTranslation('endpoints');
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ id, name }) => (
        <RowLink to={`/endpoints/${id}`}>
          <Name>{name}</Name>
        </RowLink>
      ),
    },
    { id: 'state', header: t('column.state'), cell: ({ state }) => <EndpointBadge state={state} /> },
    { id: 'circuit', header: t('column.circuit'), cell: ({ circuit }) => <CircuitBadge circuit={circuit} /> },
    { id: 'url', header: t('column.url'), cell: ({ url }) => <Ltr>{url}</Ltr> },
    { id: 'backlog', header: t('column.waiting'), isNumber: true, cell: ({ id }) => <Waiting id={id} /> },
    {
      id: 'success',
      header: t('column.lastSuccess'),
      cell: ({ lastSuccessAt }) => <When at={lastSuccessAt} />,
    },
    {
      id: 'failure',
      header: t('column.lastFailure'),
      cell: ({ lastFailureCode }) => (lastFailureCode === null ? <Nothing /> : <Ltr>{lastFailureCode}</Ltr>),
    },
  ];
}

/** The list of the API has no backlog: each row asks for its own. */
function Waiting({ id }: { id: string }) {
  const format = useFormat();
  const { data } = useQuery(readEndpoint(id));
  return data === undefined ? <Nothing /> : format.number(data.backlog.due);
}
