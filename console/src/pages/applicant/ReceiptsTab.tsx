import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { DataTable } from '../../components/DataTable';
import { RowLink } from '../../components/RowLink';
import { usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { useWords } from './words';

/** The callbacks that named this applicant, newest first. */
export function ReceiptsTab({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const words = useWords();
  const format = useFormat();
  const pages = usePages(['applicant', applicantId, 'receipts'], (cursor, signal) =>
    answerOf(api.GET('/api/v1/receipts', { params: { query: { applicantId, cursor } }, signal })),
  );
  return (
    <DataTable
      label={t('tab.receipts')}
      pages={pages}
      idOf={({ receiptId }) => receiptId}
      empty={{ kind: 'first', title: t('receipts.empty') }}
      columns={[
        {
          id: 'at',
          header: t('receipts.at'),
          cell: ({ receiptId, receivedAt }) => (
            <RowLink to={`/receipts/${receiptId}`}>
              <When at={receivedAt} />
            </RowLink>
          ),
        },
        { id: 'source', header: t('receipts.source'), cell: ({ source }) => words.source(source) },
        { id: 'kind', header: t('receipts.kind'), cell: ({ kind }) => words.kind(kind) },
        { id: 'state', header: t('timeline.state'), cell: ({ state }) => words.state(state) },
        {
          id: 'received',
          header: t('receipts.received'),
          isNumber: true,
          cell: ({ received }) => format.number(received),
        },
        {
          id: 'applied',
          header: t('receipts.applied'),
          isNumber: true,
          cell: ({ applied }) => format.number(applied),
        },
        {
          id: 'duplicates',
          header: t('receipts.duplicates'),
          isNumber: true,
          cell: ({ duplicates }) => format.number(duplicates),
        },
        {
          id: 'quarantined',
          header: t('receipts.quarantined'),
          isNumber: true,
          cell: ({ quarantined }) => format.number(quarantined),
        },
      ]}
    />
  );
}
