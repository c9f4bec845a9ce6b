import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ExportDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { EXPORTS } from './exports';

/** Deletes an export in any state, and its file. */
export function DeleteDialog({ file: { id }, onClose }: { file: ExportDto; onClose: () => void }) {
  const { t } = useTranslation('exports');
  const remove = useChange({
    run: () => answerOf(api.DELETE('/api/v1/exports/{id}', { params: { path: { id } } })),
    lists: [EXPORTS],
    said: () => t('delete.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('delete.title')}
      text={t('delete.text')}
      label={t('delete.send')}
      isDanger
      change={remove}
      onClose={onClose}
    />
  );
}
