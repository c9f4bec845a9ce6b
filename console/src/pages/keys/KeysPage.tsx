import { Button } from '@mantine/core';
import { IconKey, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { DataTable } from '../../components/DataTable';
import { PageHeader } from '../../components/PageHeader';
import { Section } from '../../components/Section';
import { useWhole } from '../../components/useWhole';
import { KEYS } from './keys';
import { ResealDialog } from './ResealDialog';
import { ResealProgress } from './ResealProgress';
import { RetireDialog } from './RetireDialog';
import { RotateDialog } from './RotateDialog';
import { useKeyColumns } from './useKeyColumns';

/** The keys that seal personal data, from rotation to retirement. No key is ever shown. */
export function Component() {
  const { t } = useTranslation('keys');
  const [open, setOpen] = useState<'rotate' | 'reseal'>();
  const [retired, setRetired] = useState<string>();
  const keys = useWhole(KEYS, (signal) => answerOf(api.GET(KEYS, { signal })));
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')}>
        <Button variant="default" leftSection={<IconKey size={16} />} onClick={() => setOpen('rotate')}>
          {t('rotate.open')}
        </Button>
        <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => setOpen('reseal')}>
          {t('reseal.open')}
        </Button>
      </PageHeader>
      <Section title={t('ring')}>
        <DataTable
          label={t('ring')}
          pages={keys}
          columns={useKeyColumns(setRetired)}
          idOf={({ id }) => id}
          empty={{ kind: 'first', title: t('none') }}
        />
      </Section>
      <Section title={t('progress.title')}>
        <ResealProgress />
      </Section>
      {open === 'rotate' && <RotateDialog onClose={close} />}
      {open === 'reseal' && <ResealDialog onClose={close} />}
      {retired !== undefined && <RetireDialog id={retired} onClose={() => setRetired(undefined)} />}
    </>
  );
}
