import { Button } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { ExportDto } from '@schema';
import { useCan } from '../../app/session';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { usePages } from '../../components/usePages';
import { useRefresh } from '../../components/useRefresh';
import { DeleteDialog } from './DeleteDialog';
import { EXPORTS, isUnderWay } from './exports';
import { useColumns } from './useColumns';

/** Files of applicants: how far they are, and the way to their bytes. */
export function Component() {
  const { t } = useTranslation('exports');
  const can = useCan();
  const [deleted, setDeleted] = useState<ExportDto>();
  const pages = usePages([EXPORTS], (cursor, signal) =>
    answerOf(api.GET(EXPORTS, { params: { query: { cursor } }, signal })),
  );
  useRefresh(EXPORTS, pages.query.data?.items.some(isUnderWay) ?? false);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        {can('exports:write') && (
          <Button leftSection={<IconDatabaseExport size={16} />} component={Link} to="/exports/new">
            {t('new.open')}
          </Button>
        )}
      </PageHeader>
      <DataTable
        label={t('title')}
        pages={pages}
        columns={useColumns(setDeleted)}
        idOf={({ id }) => id}
        empty={{ kind: 'first', title: t('none'), text: t('noneText') }}
      />
      {deleted !== undefined && <DeleteDialog file={deleted} onClose={() => setDeleted(undefined)} />}
    </>
  );
}
