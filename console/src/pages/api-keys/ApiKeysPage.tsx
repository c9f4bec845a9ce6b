import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ApiKeyDto } from '@schema';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { usePages } from '../../components/usePages';
import { CreateKeyDialog } from './CreateKeyDialog';
import { KEYS } from './keys';
import { type Doing, KeyDialog } from './KeyDialog';
import { useColumns } from './useColumns';

/** Keys of the bank's own systems. */
export function Component() {
  const { t } = useTranslation('api-keys');
  const can = useCan();
  const [isCreating, setIsCreating] = useState(false);
  const [chosen, setChosen] = useState<{ apiKey: ApiKeyDto; doing: Doing }>();
  const pages = usePages([KEYS], (cursor, signal) =>
    answerOf(api.GET(KEYS, { params: { query: { cursor } }, signal })),
  );
  const columns = useColumns((apiKey, doing) => setChosen({ apiKey, doing }));
  const create = () => setIsCreating(true);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('keys:write') && (
          <Button leftSection={<IconPlus size={16} />} onClick={create}>
            {t('create.open')}
          </Button>
        )}
      </PageHeader>
      <DataTable
        label={t('title')}
        pages={pages}
        columns={columns}
        idOf={({ id }) => id}
        empty={{ kind: 'first', title: t('none.title'), text: t('none.text') }}
      />
      {isCreating && <CreateKeyDialog onClose={() => setIsCreating(false)} />}
      {chosen !== undefined && <KeyDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
