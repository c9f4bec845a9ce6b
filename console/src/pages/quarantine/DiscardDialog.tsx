import { Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { useChange } from '../../components/useChange';

/** Puts one element aside for good. It is kept, with the reason. */
export function DiscardDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('quarantine');
  const [reason, setReason] = useState('');
  const discarding = useChange({
    run: () =>
      answerOf(
        api.POST('/api/v1/quarantine/{id}/discard', {
          params: { path: { id } },
          body: { reason: oneLine(reason) },
        }),
      ),
    lists: ['/api/v1/quarantine'],
    said: () => t('discard.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Dialog
      title={t('discard.title')}
      error={discarding.error}
      act={{
        label: t('discard.act'),
        run: discarding.mutate,
        isRunning: discarding.isPending,
        isOff: oneLine(reason) === '',
        isDanger: true,
      }}
      onClose={onClose}
    >
      <Text size="sm">{t('discard.text')}</Text>
      <Textarea
        label={t('discard.reason')}
        required
        maxLength={500}
        rows={3}
        dir="auto"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}

/** The API takes one line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
