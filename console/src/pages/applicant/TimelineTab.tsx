import { Alert, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TimelineEntryDto, TimelinePageDto } from '@schema';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name, Nothing } from '../../components/Name';
import { RowLink } from '../../components/RowLink';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { useWords } from './words';

/** Everything that happened to an applicant, newest first: versions, images, deliveries, and who looked. */
export function TimelineTab({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const pages = usePages(['applicant', applicantId, 'timeline'], (cursor, signal) => {
    const params = { path: { applicantId }, query: { cursor } };
    return answerOf(api.GET('/api/v1/applicants/{applicantId}/timeline', { params, signal }));
  });
  const { leftOut } = (pages.query.data as TimelinePageDto | undefined) ?? { leftOut: [] };
  const columns = useColumns();
  return (
    <>
      {leftOut.length > 0 && (
        <Alert color="gray" variant="light" mb="sm" icon={<IconLock size={16} />}>
          {t('timeline.leftOut', {
            types: leftOut.map((type) => t(`timeline.type.${type}`)).join(t('separator')),
          })}
        </Alert>
      )}
      <DataTable
        label={t('tab.timeline')}
        pages={pages}
        columns={columns}
        idOf={(entry) =>
          [entry.at, entry.type, entry.what, entry.id, entry.version, entry.elementIndex].join()
        }
        empty={{ kind: 'first', title: t('timeline.empty') }}
      />
    </>
  );
}

function useColumns(): Column<TimelineEntryDto>[] {
  const { t } = useTranslation('applicant');
  const words = useWords();
  return [
    { id: 'at', header: t('timeline.at'), cell: ({ at }) => <When at={at} /> },
    { id: 'type', header: t('timeline.kind'), cell: ({ type }) => t(`timeline.type.${type}`) },
    { id: 'what', header: t('timeline.what'), cell: (entry) => <What entry={entry} /> },
    {
      id: 'state',
      header: t('timeline.state'),
      cell: ({ state }) => (state === null ? <Nothing /> : words.state(state)),
    },
    { id: 'settledAt', header: t('timeline.settledAt'), cell: ({ settledAt }) => <When at={settledAt} /> },
    { id: 'by', header: t('timeline.by'), cell: ({ by }) => (by === null ? <Nothing /> : <Ltr>{by}</Ltr>) },
    { id: 'link', header: t('timeline.link'), cell: (entry) => <Leads entry={entry} /> },
  ];
}

function What({ entry: { type, what, version, changedFields, reason } }: { entry: TimelineEntryDto }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  const format = useFormat();
  return (
    <div>
      {type === 'image' ? words.field(what) : words.what(what)}
      {version !== null && ` · ${t('version', { number: format.number(version) })}`}
      {version !== null && version > 1 && changedFields !== null && changedFields.length > 0 && (
        <Text size="xs" c="dimmed">
          {words.fields(changedFields)}
        </Text>
      )}
      {reason !== null && (
        <Text size="xs" c="dimmed">
          <Name>{reason}</Name>
        </Text>
      )}
    </div>
  );
}

/** To the page of what the entry is about. */
function Leads({ entry: { type, id, receiptId } }: { entry: TimelineEntryDto }) {
  const { t } = useTranslation('applicant');
  const can = useCan();
  if (type === 'quarantine' && id !== null && can('quarantine:read'))
    return <RowLink to={`/quarantine/${id}`}>{t('timeline.type.quarantine')}</RowLink>;
  if (type === 'delivery' && id !== null && can('endpoints:read'))
    return <RowLink to={`/endpoints/${id}`}>{t('timeline.endpoint')}</RowLink>;
  if (receiptId !== null && can('receipts:read'))
    return <RowLink to={`/receipts/${receiptId}`}>{t('receipt')}</RowLink>;
  return <Nothing />;
}
