import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { PolicyClassDto } from '@schema';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { useWhole } from '../../components/useWhole';

const PATH = '/api/v1/retention';

export function PolicyTable() {
  const { t } = useTranslation('compliance');
  const policy = useWhole(PATH, async (signal) => {
    const { classes } = await answerOf(api.GET(PATH, { signal }));
    return { items: classes, nextCursor: null };
  });
  const columns: Column<PolicyClassDto>[] = [
    { id: 'class', header: t('column.class'), cell: (row) => t(`class.${row.class}`) },
    {
      id: 'keep',
      header: t('column.keep'),
      cell: (row) =>
        row.keepDays === null
          ? t(`policy.withoutEnd.${row.class as 'approved'}`, { defaultValue: row.withoutEnd ?? '' })
          : t('retention.days', { count: row.keepDays }),
    },
    { id: 'from', header: t('column.from'), cell: (row) => t(`policy.from.${row.class}`) },
    { id: 'law', header: t('column.law'), cell: (row) => t(`policy.law.${row.class}`) },
    {
      id: 'setting',
      header: t('column.setting'),
      cell: ({ setting }) => (setting === null ? <Nothing /> : <Ltr>{setting}</Ltr>),
    },
  ];
  return (
    <DataTable
      label={t('retention.policy')}
      pages={policy}
      columns={columns}
      idOf={(row) => row.class}
      empty={{ kind: 'first', title: t('retention.noRuns') }}
    />
  );
}
