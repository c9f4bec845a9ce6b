import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportDto } from '@schema';
import type { Column } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { StateBadge } from '../../components/StateBadge';
import { When } from '../../components/When';
import { useFormat } from '../../i18n/format';
import { Actions } from './Actions';
import { FilterWords } from './FilterWords';

const TONES = { waiting: 'busy', running: 'busy', ready: 'good', failed: 'bad', cancelled: 'quiet' } as const;

export function useColumns(remove: (file: ExportDto) => void): Column<ExportDto>[] {
  const { t } = useTranslation('exports');
  const format = useFormat();
  return [
    { id: 'at', header: t('column.at'), cell: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'state', header: t('column.state'), cell: (file) => <State file={file} /> },
    { id: 'format', header: t('column.format'), cell: ({ format: type }) => t(`format.${type}`) },
    { id: 'who', header: t('column.who'), cell: ({ filter }) => <FilterWords filter={filter} /> },
    {
      id: 'columns',
      header: t('column.columns'),
      cell: ({ columns, holdsPii, masked }) => (
        <>
          {t('columns', { count: columns.length })}
          <Text size="xs" c="dimmed">
            {t(holdsPii ? 'shown' : masked ? 'masked' : 'nothingSensitive')}
          </Text>
        </>
      ),
    },
    {
      id: 'rows',
      header: t('column.rows'),
      isNumber: true,
      cell: ({ state, rows }) => (state === 'waiting' ? '' : format.number(rows)),
    },
    {
      id: 'size',
      header: t('column.size'),
      isNumber: true,
      cell: ({ state, bytes }) =>
        state === 'ready' && (
          <Text size="sm" miw="max-content">
            {format.size(bytes)}
          </Text>
        ),
    },
    { id: 'by', header: t('column.by'), cell: ({ createdBy }) => <Ltr>{createdBy}</Ltr> },
    { id: 'until', header: t('column.until'), cell: ({ expiresAt }) => <When at={expiresAt} /> },
    {
      id: 'actions',
      header: t('column.actions'),
      isNumber: true,
      cell: (file) => <Actions file={file} remove={remove} />,
    },
  ];
}

function State({ file: { state, rows, rowsTotal, errorCode } }: { file: ExportDto }) {
  const { t } = useTranslation('exports');
  const format = useFormat();
  const share = state === 'running' && rowsTotal !== null && rowsTotal > 0 ? rows / rowsTotal : undefined;
  return (
    <>
      <StateBadge tone={TONES[state]}>
        {share === undefined
          ? t(`state.${state}`)
          : t('state.at', { percent: format.number(Math.floor(share * 100)) })}
      </StateBadge>
      {errorCode !== null && (
        <Text size="xs" c="dimmed">
          <Ltr>{errorCode}</Ltr>
        </Text>
      )}
    </>
  );
}
