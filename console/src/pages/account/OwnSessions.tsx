import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { SessionDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { Section } from '../../components/Section';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';
import { useWhole } from '../../components/useWhole';
import { When } from '../../components/When';

const PATH = '/api/v1/sessions';

/** In which browsers this person is logged in. */
export function OwnSessions() {
  const { t } = useTranslation('account');
  const [isAsking, setIsAsking] = useState(false);
  const sessions = useWhole(PATH, (signal) => answerOf(api.GET(PATH, { signal })));
  const endOthers = useChange({
    run: () => answerOf(api.DELETE(PATH)),
    lists: [PATH],
    said: () => t('sessions.othersEnded'),
    onDone: () => setIsAsking(false),
    isShownInPlace: true,
  });
  const hasOthers = (sessions.query.data?.items.length ?? 0) > 1;
  return (
    <Section
      title={t('sessions.title')}
      actions={
        hasOthers && (
          <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('sessions.title')}
        pages={sessions}
        columns={useColumns()}
        idOf={({ id }) => id}
        empty={{ kind: 'good', title: t('sessions.none') }}
      />
      {isAsking && (
        <Confirm
          title={t('sessions.endOthers')}
          text={t('sessions.endOthersText')}
          label={t('sessions.endOthers')}
          isDanger
          change={endOthers}
          onClose={() => setIsAsking(false)}
        />
      )}
    </Section>
  );
}

function useColumns(): Column<SessionDto>[] {
  const { t } = useTranslation('account');
  const end = useChange({
    run: (id: string) => answerOf(api.DELETE('/api/v1/sessions/{id}', { params: { path: { id } } })),
    lists: [PATH],
    said: () => t('sessions.ended'),
  });
  return [
    { id: 'browser', header: t('column.browser'), cell: ({ browser }) => <Name>{browser}</Name> },
    {
      id: 'address',
      header: t('column.address'),
      cell: ({ address }) => (address === null ? <Nothing /> : <Ltr>{address}</Ltr>),
    },
    { id: 'since', header: t('column.since'), cell: (row) => <When at={row.createdAt} /> },
    { id: 'last', header: t('column.lastUsed'), cell: (row) => <When at={row.lastUsedAt} /> },
    {
      id: 'actions',
      header: t('column.actions'),
      isNumber: true,
      cell: ({ id, current, browser }) =>
        current ? (
          <StateBadge tone="good">{t('sessions.current')}</StateBadge>
        ) : (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={t('sessions.endOf', { browser: browser ?? t('sessions.unknown') })}
            loading={end.isPending && end.variables === id}
            onClick={() => end.mutate(id)}
          >
            {t('sessions.end')}
          </Button>
        ),
    },
  ];
}
