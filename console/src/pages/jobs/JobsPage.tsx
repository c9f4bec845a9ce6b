import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { useWhole } from '../../components/useWhole';
import { useColumns } from './useColumns';
import { byUrgency } from './urgency';

const PATH = '/api/v1/jobs';

/** What Rollcall does in the background. What needs somebody stands first. */
export function Component() {
  const { t } = useTranslation('jobs');
  const jobs = useWhole(PATH, async (signal) => {
    const { items } = await answerOf(api.GET(PATH, { signal }));
    return { items: byUrgency(items), nextCursor: null };
  });
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        label={t('title')}
        pages={jobs}
        columns={useColumns()}
        idOf={({ name }) => name}
        empty={{ kind: 'first', title: t('none') }}
      />
    </>
  );
}
