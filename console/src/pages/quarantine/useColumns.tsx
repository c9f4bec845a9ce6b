import { useTranslation } from 'react-i18next';
import type { QuarantineItemDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { RowLink } from '../../components/RowLink';
import { When } from '../../components/When';
import { causeOf } from './causes';
import { refusedFields } from './fields';
import { QuarantineBadge } from './QuarantineBadge';

/** @param hasState where rows of more than one state may stand there */
export function useColumns({ hasState }: { hasState: boolean }): Column<QuarantineItemDto>[] {
  const { t } = useTranslation('quarantine');
  const columns: Column<QuarantineItemDto>[] = [
    {
      id: 'cause',
      header: t('column.cause'),
      cell: ({ id, code }) => <RowLink to={`/quarantine/${id}`}>{t(`cause.${causeOf(code)}`)}</RowLink>,
    },
    {
      id: 'field',
      header: t('column.field'),
      cell: (row) => <Text text={refusedFields(row).join(', ')} />,
    },
    { id: 'applicant', header: t('column.applicant'), cell: (row) => <Text text={row.applicantId} /> },
    { id: 'kind', header: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    { id: 'place', header: t('column.place'), isNumber: true, cell: ({ elementIndex }) => elementIndex + 1 },
    { id: 'received', header: t('column.received'), cell: ({ receivedAt }) => <When at={receivedAt} /> },
  ];
  if (hasState) {
    columns.push({
      id: 'state',
      header: t('column.state'),
      cell: (row) => <QuarantineBadge state={row.state} />,
    });
    columns.push({
      id: 'resolved',
      header: t('column.resolved'),
      cell: ({ resolvedAt }) => <When at={resolvedAt} />,
    });
  }
  return columns;
}

function Text({ text }: { text: string | null }) {
  return text === null || text === '' ? <Nothing /> : <Ltr>{text}</Ltr>;
}
