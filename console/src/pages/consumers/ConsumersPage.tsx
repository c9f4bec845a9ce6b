import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ConsumerDto } from '@schema';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { usePages } from '../../components/usePages';
import { CONSUMERS } from './consumers';
import { DeleteDialog } from './DeleteDialog';
import { RewindDialog } from './RewindDialog';
import { useColumns } from './useColumns';

/** Who reads the feed, how far, and when last. A reader makes its consumer itself: with another key it could not acknowledge. */
export function Component() {
  const { t } = useTranslation('consumers');
  const [rewound, setRewound] = useState<ConsumerDto>();
  const [deleted, setDeleted] = useState<ConsumerDto>();
  const pages = usePages([CONSUMERS], (cursor, signal) =>
    answerOf(api.GET(CONSUMERS, { params: { query: { cursor } }, signal })),
  );
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <DataTable
        label={t('title')}
        pages={pages}
        columns={useColumns({ rewind: setRewound, remove: setDeleted })}
        idOf={({ name }) => name}
        empty={{ kind: 'first', title: t('none'), text: t('noneText') }}
      />
      {rewound !== undefined && <RewindDialog consumer={rewound} onClose={() => setRewound(undefined)} />}
      {deleted !== undefined && <DeleteDialog consumer={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}
