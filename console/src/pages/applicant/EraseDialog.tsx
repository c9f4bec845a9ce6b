import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useChange } from '../../components/useChange';
import type { DialogProps } from './HoldDialog';

/** Erases an applicant, which nobody can undo: the id has to be typed. */
export function EraseDialog({ applicantId, onClose }: DialogProps) {
  const { t } = useTranslation('applicant');
  const [typed, setTyped] = useState('');
  const erase = useChange({
    run: (reason: string) => answerOf(api.POST('/api/v1/erasures', { body: { applicantId, reason } })),
    lists: ['applicant', '/api/v1/applicants', '/api/v1/erasures'],
    said: () => t('erase.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <ReasonDialog
      title={t('erase.title')}
      text={t('erase.text')}
      submit={t('erase.submit')}
      isDangerous
      isReady={typed.trim() === applicantId}
      isPending={erase.isPending}
      error={erase.error}
      onClose={onClose}
      onSubmit={erase.mutate}
    >
      <TextInput
        label={t('erase.confirm')}
        description={<bdi dir="ltr">{applicantId}</bdi>}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        autoComplete="off"
        dir="ltr"
      />
    </ReasonDialog>
  );
}
