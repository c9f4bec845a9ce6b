import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ClientDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { GiveSecret } from '../../components/GiveSecret';
import { useChange } from '../../components/useChange';
import { CLIENTS } from './clients';

export type Doing = 'secret' | 'disable' | 'enable';

interface Props {
  client: ClientDto;
  onClose: () => void;
}

/** What an administrator does with one client. */
export function ClientDialog({ doing, ...props }: Props & { doing: Doing }) {
  return doing === 'secret' ? (
    <GiveSecret clientId={props.client.clientId} onClose={props.onClose} />
  ) : (
    <Switch doing={doing} {...props} />
  );
}

function Switch({ client: { clientId }, doing, onClose }: Props & { doing: 'disable' | 'enable' }) {
  const { t } = useTranslation('clients');
  const path = { params: { path: { clientId } } };
  const change = useChange({
    run: () =>
      answerOf(
        doing === 'disable'
          ? api.POST('/api/v1/clients/{clientId}/disable', path)
          : api.POST('/api/v1/clients/{clientId}/enable', path),
      ),
    lists: [CLIENTS],
    said: () => t(`doDone.${doing}`, { name: clientId }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t(`doTitle.${doing}`)}
      text={t(`doText.${doing}`, { name: clientId })}
      label={t(`doTitle.${doing}`)}
      isDanger={doing === 'disable'}
      change={change}
      onClose={onClose}
    />
  );
}
