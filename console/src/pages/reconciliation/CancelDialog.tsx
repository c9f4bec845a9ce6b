import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RunDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { RUNS } from './paths';

/** Stops a run that is not over. */
export function CancelDialog({ run: { id }, onClose }: { run: RunDto; onClose: () => void }) {
  const { t } = useTranslation('reconciliation');
  const cancel = useChange({
    run: () => answerOf(api.POST('/api/v1/reconciliation/runs/{id}/cancel', { params: { path: { id } } })),
    lists: [RUNS],
    said: () => t('cancel.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('cancel.title')}
      text={t('cancel.text')}
      label={t('cancel.send')}
      isDanger
      change={cancel}
      onClose={onClose}
    />
  );
}
