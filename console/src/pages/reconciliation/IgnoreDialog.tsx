import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { GapDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { GAPS } from './paths';

/** Puts one gap aside, and says why. */
export function IgnoreDialog({ gap: { id, kind }, onClose }: { gap: GapDto; onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const [reason, setReason] = useState('');
  const ignore = useChange({
    run: () => {
      const body = { reason: reason.trim() };
      return answerOf(
        api.POST('/api/v1/reconciliation/gaps/{id}/ignore', { params: { path: { id } }, body }),
      );
    },
    lists: [GAPS],
    said: () => t('ignore.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('ignore.title')}
      text={t(`ignoreText.${kind}`)}
      label={t('ignore.send')}
      isOff={reason.trim() === ''}
      change={ignore}
      onClose={onClose}
    >
      <Textarea
        label={t('ignore.reason')}
        description={t('ignore.reasonText')}
        rows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </Confirm>
  );
}
