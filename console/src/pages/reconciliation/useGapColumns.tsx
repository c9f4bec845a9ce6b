import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { GapDto } from '@schema';
import { useCan } from '../../app/session';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { RowLink } from '../../components/RowLink';
import { RowMenu } from '../../components/RowMenu';
import { StateBadge } from '../../components/StateBadge';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { GAPS } from './paths';

const TONES = { open: 'warn', healed: 'good', ignored: 'quiet' } as const;

export function useGapColumns(ignore: (gap: GapDto) => void): Column<GapDto>[] {
  const { t } = useTranslation('reconciliation');
  const can = useCan();
  return [
    {
      id: 'applicant',
      header: t('column.applicant'),
      cell: ({ applicantId, kind, state }) =>
        kind === 'missing_here' && state !== 'healed' ? (
          <Ltr>{applicantId}</Ltr>
        ) : (
          <RowLink to={`/applicants/${encodeURIComponent(applicantId)}`}>
            <Ltr>{applicantId}</Ltr>
          </RowLink>
        ),
    },
    { id: 'kind', header: t('column.kind'), cell: ({ kind }) => t(`kind.${kind}`) },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state, resolution }) => (
        <>
          <StateBadge tone={TONES[state]}>{t(`gapState.${state}`)}</StateBadge>
          {resolution !== null && (
            <Text size="xs" c="dimmed">
              <Name>{resolution}</Name>
            </Text>
          )}
        </>
      ),
    },
    { id: 'enrolled', header: t('column.enrolled'), cell: ({ enrolledAt }) => <When at={enrolledAt} /> },
    { id: 'found', header: t('column.found'), cell: ({ foundAt }) => <When at={foundAt} /> },
    { id: 'closed', header: t('column.closed'), cell: (gap) => <Closed gap={gap} /> },
    ...(can('reconciliation:write')
      ? [
          {
            id: 'actions',
            header: t('column.actions'),
            isNumber: true,
            cell: (gap: GapDto) => gap.state === 'open' && <Actions gap={gap} ignore={ignore} />,
          },
        ]
      : []),
  ];
}

function Closed({ gap: { healedAt, lateSeconds } }: { gap: GapDto }) {
  const { t } = useTranslation('reconciliation');
  const format = useFormat();
  return (
    <>
      <When at={healedAt} />
      {lateSeconds !== null && (
        <Text size="xs" c="dimmed">
          {t('late', { time: format.duration(lateSeconds) })}
        </Text>
      )}
    </>
  );
}

function Actions({ gap, ignore }: { gap: GapDto; ignore: (gap: GapDto) => void }) {
  const { t } = useTranslation('reconciliation');
  const { id, applicantId } = gap;
  const heal = useChange({
    run: () => answerOf(api.POST('/api/v1/reconciliation/gaps/{id}/heal', { params: { path: { id } } })),
    lists: [GAPS],
    said: ({ state }) => (state === 'healed' ? t('heal.done') : t('heal.stillOpen')),
  });
  return (
    <RowMenu
      label={t('actionsOf', { applicantId })}
      actions={[
        { label: t('heal.open'), run: () => heal.mutate() },
        { label: t('ignore.open'), run: () => ignore(gap) },
      ]}
    />
  );
}
