import { Alert, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Copy } from '../../components/Copy';
import { Dialog } from '../../components/Dialog';

/** Makes a new secret, which is shown once. */
export function RotateDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('endpoints');
  const queries = useQueryClient();
  const rotating = useMutation({
    meta: { isShownInPlace: true },
    gcTime: 0,
    mutationFn: () =>
      answerOf(api.POST('/api/v1/endpoints/{id}/rotate-secret', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['/api/v1/endpoints'] }),
  });
  const secret = rotating.data?.secret;
  const act = { label: t('rotate.act'), run: rotating.mutate, isRunning: rotating.isPending };
  return (
    <Dialog
      title={t('rotate.title')}
      error={rotating.error}
      act={secret === undefined ? act : undefined}
      onClose={onClose}
    >
      {secret === undefined ? (
        <Text size="sm">{t('rotate.text')}</Text>
      ) : (
        <Alert color="yellow" variant="light" title={t('rotate.once')} role="status">
          <Copy value={secret} label={t('column.secret')} />
        </Alert>
      )}
    </Dialog>
  );
}
