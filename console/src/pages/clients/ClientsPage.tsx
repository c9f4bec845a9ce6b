import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ClientDto } from '@schema';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { usePages } from '../../components/usePages';
import { ClientDialog, type Doing } from './ClientDialog';
import { CLIENTS } from './clients';
import { CreateClientDialog } from './CreateClientDialog';
import { useColumns } from './useColumns';

/** Who may ask the token URL for tokens: eNROLL. */
export function Component() {
  const { t } = useTranslation('clients');
  const can = useCan();
  const [isCreating, setIsCreating] = useState(false);
  const [chosen, setChosen] = useState<{ client: ClientDto; doing: Doing }>();
  const pages = usePages([CLIENTS], (cursor, signal) =>
    answerOf(api.GET(CLIENTS, { params: { query: { cursor } }, signal })),
  );
  const columns = useColumns((client, doing) => setChosen({ client, doing }));
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('clients:write') && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setIsCreating(true)}>
            {t('create.open')}
          </Button>
        )}
      </PageHeader>
      <DataTable
        label={t('title')}
        pages={pages}
        columns={columns}
        idOf={({ clientId }) => clientId}
        empty={{ kind: 'first', title: t('none.title'), text: t('none.text') }}
      />
      {isCreating && <CreateClientDialog onClose={() => setIsCreating(false)} />}
      {chosen !== undefined && <ClientDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
