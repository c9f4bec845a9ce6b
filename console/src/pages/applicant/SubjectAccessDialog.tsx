import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { saveFile } from '../../components/save-file';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useChange } from '../../components/useChange';
import type { DialogProps } from './HoldDialog';

/** The file of everything that is held about the applicant, unmasked. */
export function SubjectAccessDialog({ applicantId, onClose }: DialogProps) {
  const { t } = useTranslation('applicant');
  const take = useChange({
    run: (reason: string) =>
      answerOf(api.POST('/api/v1/subject-access', { body: { applicantId, reason }, parseAs: 'blob' })),
    lists: [],
    said: () => t('access.done'),
    onDone: (file) => {
      saveFile(file, 'subject-access.zip');
      onClose();
    },
    isShownInPlace: true,
  });
  return (
    <ReasonDialog
      title={t('access.title')}
      text={t('access.text')}
      submit={t('access.submit')}
      isPending={take.isPending}
      error={take.error}
      onClose={onClose}
      onSubmit={take.mutate}
    />
  );
}
