import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useChange } from '../../components/useChange';

export interface DialogProps {
  applicantId: string;
  onClose: () => void;
}

/** Places a hold: nothing of the applicant is removed until it is lifted. */
export function HoldDialog({ applicantId, onClose }: DialogProps) {
  const { t } = useTranslation('applicant');
  const place = useChange({
    run: (reason: string) => answerOf(api.POST('/api/v1/holds', { body: { applicantId, reason } })),
    lists: ['/api/v1/holds'],
    said: () => t('hold.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <ReasonDialog
      title={t('hold.title')}
      text={t('hold.text')}
      submit={t('hold.submit')}
      isPending={place.isPending}
      error={place.error}
      onClose={onClose}
      onSubmit={place.mutate}
    />
  );
}
