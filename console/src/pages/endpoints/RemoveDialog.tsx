import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { EndpointDetailDto } from '@schema';
import { answerOf, api } from '../../api/client';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';

/** Takes an endpoint away for good, with what waits for it. */
export function RemoveDialog({
  endpoint: { id, name, backlog },
  onClose,
}: {
  endpoint: EndpointDetailDto;
  onClose: () => void;
}) {
  const { t } = useTranslation('endpoints');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useChange({
    run: () => answerOf(api.DELETE('/api/v1/endpoints/{id}', { params: { path: { id } } })),
    lists: [],
    said: () => t('remove.done'),
    onDone: () => {
      queries.removeQueries({ queryKey: ['/api/v1/endpoints'], type: 'inactive' }); // lists that still show it
      void navigate('/endpoints');
    },
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('remove.title', { name })}
      text={t('remove.text', { count: backlog.due })}
      label={t('remove.act')}
      isDanger
      change={remove}
      onClose={onClose}
    />
  );
}
