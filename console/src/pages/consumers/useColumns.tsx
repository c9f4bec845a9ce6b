import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConsumerDto } from '@schema';
import { useCan, useMe } from '../../app/session';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { RowMenu } from '../../components/RowMenu';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';

/** Older than this, what waits is worth a look. */
const LATE_SECONDS = 300;

interface Actions {
  rewind: (consumer: ConsumerDto) => void;
  remove: (consumer: ConsumerDto) => void;
}

export function useColumns(actions: Actions): Column<ConsumerDto>[] {
  const { t } = useTranslation(['consumers', 'common']);
  const can = useCan();
  const me = useMe();
  return [
    {
      id: 'name',
      header: t('column.name'),
      cell: ({ name }) => (
        <Text size="sm" fw={600} miw="max-content">
          <Ltr>{name}</Ltr>
        </Text>
      ),
    },
    { id: 'lag', header: t('column.lag'), cell: ({ lag }) => <Lag lag={lag} /> },
    { id: 'acked', header: t('column.acked'), cell: ({ ackedAt }) => <When at={ackedAt} /> },
    { id: 'events', header: t('column.events'), cell: ({ events }) => <Words words={events} /> },
    {
      id: 'outcomes',
      header: t('column.outcomes'),
      cell: ({ outcomes }) =>
        outcomes.length === 0
          ? t('every')
          : outcomes.map((outcome) => <div key={outcome}>{t(`common:outcome.${outcome}`)}</div>),
    },
    {
      id: 'fields',
      header: t('column.fields'),
      cell: ({ fields }) => (fields.length === 0 ? t('noFields') : <Words words={fields} />),
    },
    { id: 'by', header: t('column.by'), cell: ({ createdBy }) => <Ltr>{createdBy}</Ltr> },
    { id: 'since', header: t('column.since'), cell: ({ createdAt }) => <When at={createdAt} /> },
    ...(can('consumers:write')
      ? [
          {
            id: 'actions',
            header: t('column.actions'),
            isNumber: true,
            cell: (consumer: ConsumerDto) =>
              (can('admin') || consumer.createdBy === me.name) && (
                <RowMenu
                  label={t('actionsOf', { name: consumer.name })}
                  actions={[
                    { label: t('rewind.open'), run: () => actions.rewind(consumer) },
                    { label: t('delete.open'), run: () => actions.remove(consumer), isDanger: true },
                  ]}
                />
              ),
          },
        ]
      : []),
  ];
}

function Words({ words }: { words: readonly string[] }) {
  const { t } = useTranslation('consumers');
  if (words.length === 0) return t('every');
  return words.map((word) => (
    <div key={word}>
      <Ltr>{word}</Ltr>
    </div>
  ));
}

function Lag({ lag: { events, isExact, oldestSeconds } }: Pick<ConsumerDto, 'lag'>) {
  const { t } = useTranslation('consumers');
  const format = useFormat();
  if (events === 0) return <StateBadge tone="good">{t('upToDate')}</StateBadge>;
  const isLate = oldestSeconds !== null && oldestSeconds > LATE_SECONDS;
  return (
    <>
      <StateBadge tone={isLate ? 'warn' : 'busy'}>
        {t(isExact ? 'behind' : 'behindMore', { count: events })}
      </StateBadge>
      {oldestSeconds !== null && (
        <Text size="xs" c="dimmed">
          {t('oldest', { time: format.ago(oldestSeconds) })}
        </Text>
      )}
    </>
  );
}
