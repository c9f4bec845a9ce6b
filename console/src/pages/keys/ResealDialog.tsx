import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { RESEAL } from './keys';

/** Brings everything over to the first key, beside callbacks. */
export function ResealDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('keys');
  const reseal = useChange({
    run: () => answerOf(api.POST(RESEAL)),
    lists: [RESEAL],
    said: () => t('reseal.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('reseal.open')}
      text={t('reseal.text')}
      label={t('reseal.send')}
      change={reseal}
      onClose={onClose}
    />
  );
}
