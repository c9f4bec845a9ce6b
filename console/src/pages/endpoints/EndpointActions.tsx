import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { EndpointDetailDto } from '@schema';
import { RowMenu } from '../../components/RowMenu';
import { useChange } from '../../components/useChange';
import { lazily } from '../../components/lazily';
import { RemoveDialog } from './RemoveDialog';

const BulkDialog = lazily(async () => (await import('./BulkDialog')).BulkDialog);
const EditDialog = lazily(async () => (await import('./EditDialog')).EditDialog);
const RotateDialog = lazily(async () => (await import('./RotateDialog')).RotateDialog);

/** What whoever may change endpoints does with one. */
export function EndpointActions({ endpoint }: { endpoint: EndpointDetailDto }) {
  const { id, state, name } = endpoint;
  const { t } = useTranslation('endpoints');
  const [open, setOpen] = useState<'recover' | 'replay' | 'rotate' | 'edit' | 'remove'>();
  const { testing, pausing, resuming } = useActions(id);
  const close = () => setOpen(undefined);
  return (
    <>
      <Button variant="default" onClick={() => setOpen('edit')}>
        {t('edit.open')}
      </Button>
      <Button variant="default" loading={testing.isPending} onClick={() => testing.mutate()}>
        {t('test.act')}
      </Button>
      {state === 'active' ? (
        <Button variant="default" loading={pausing.isPending} onClick={() => pausing.mutate()}>
          {t('pause')}
        </Button>
      ) : (
        <Button variant="default" loading={resuming.isPending} onClick={() => resuming.mutate()}>
          {t('resume')}
        </Button>
      )}
      <Button variant="default" onClick={() => setOpen('recover')}>
        {t('bulk.recover')}
      </Button>
      <Button variant="default" onClick={() => setOpen('replay')}>
        {t('bulk.replay')}
      </Button>
      <Button variant="default" onClick={() => setOpen('rotate')}>
        {t('rotate.open')}
      </Button>
      <RowMenu
        label={t('more', { name })}
        actions={[{ label: t('remove.act'), run: () => setOpen('remove'), isDanger: true }]}
      />
      {open === 'edit' && <EditDialog endpoint={endpoint} onClose={close} />}
      {open === 'remove' && <RemoveDialog endpoint={endpoint} onClose={close} />}
      {(open === 'recover' || open === 'replay') && <BulkDialog id={id} verb={open} onClose={close} />}
      {open === 'rotate' && <RotateDialog id={id} onClose={close} />}
    </>
  );
}

function useActions(id: string) {
  const { t } = useTranslation('endpoints');
  const params = { path: { id } };
  const lists = ['/api/v1/endpoints'];
  const testing = useChange({
    run: () => answerOf(api.POST('/api/v1/endpoints/{id}/test', { params })),
    lists,
    said: () => t('test.done'),
  });
  const pausing = useChange({
    run: () => answerOf(api.POST('/api/v1/endpoints/{id}/pause', { params })),
    lists,
    said: () => t('paused'),
  });
  const resuming = useChange({
    run: () => answerOf(api.POST('/api/v1/endpoints/{id}/resume', { params })),
    lists,
    said: () => t('resumed'),
  });
  return { testing, pausing, resuming };
}
