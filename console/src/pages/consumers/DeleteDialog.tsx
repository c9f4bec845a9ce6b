import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { CONSUMERS, type DialogProps } from './consumers';

/** Forgets the place of a reader. */
export function DeleteDialog({ consumer: { name }, onClose }: DialogProps) {
  const { t } = useTranslation('consumers');
  const remove = useChange({
    run: () => answerOf(api.DELETE('/api/v1/consumers/{name}', { params: { path: { name } } })),
    lists: [CONSUMERS],
    said: () => t('delete.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('delete.title', { name })}
      text={t('delete.text')}
      label={t('delete.send')}
      isDanger
      change={remove}
      onClose={onClose}
    />
  );
}
