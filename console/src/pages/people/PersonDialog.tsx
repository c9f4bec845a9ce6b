import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { UserDto } from '@schema';
import { Confirm } from '../../components/Confirm';
import { useChange } from '../../components/useChange';
import { ChangeDialog } from './ChangeDialog';
import { InvitationLink } from './InvitationLink';
import { USERS } from './users';

export type Doing = 'change' | 'invite' | 'endSessions' | 'disable' | 'enable';

interface Props {
  person: UserDto;
  doing: Doing;
  onClose: () => void;
}

/** What an administrator does with one person. */
export function PersonDialog({ person, doing, onClose }: Props) {
  if (doing === 'change') return <ChangeDialog person={person} onClose={onClose} />;
  if (doing === 'invite') return <NewInvitation person={person} onClose={onClose} />;
  return <Asked person={person} doing={doing} onClose={onClose} />;
}

function NewInvitation({ person, onClose }: Omit<Props, 'doing'>) {
  const { t } = useTranslation('people');
  const invite = useChange({
    run: () => answerOf(api.POST('/api/v1/users/{id}/invitation', { params: { path: { id: person.id } } })),
    lists: [USERS],
    isShownInPlace: true,
  });
  if (invite.data !== undefined) return <InvitationLink invitation={invite.data} onClose={onClose} />;
  return (
    <Confirm
      title={t('doTitle.invite')}
      text={t('doText.invite', { name: person.name })}
      label={t('doTitle.invite')}
      isDanger
      change={invite}
      onClose={onClose}
    />
  );
}

function Asked({ person, doing, onClose }: Props & { doing: 'endSessions' | 'disable' | 'enable' }) {
  const { t } = useTranslation('people');
  const path = { params: { path: { id: person.id } } };
  const change = useChange({
    run: (): Promise<unknown> =>
      doing === 'endSessions'
        ? answerOf(api.DELETE('/api/v1/users/{id}/sessions', path))
        : answerOf(api.PATCH('/api/v1/users/{id}', { ...path, body: { disabled: doing === 'disable' } })),
    lists: [USERS],
    said: () => t(`doDone.${doing}`, { name: person.name }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t(`doTitle.${doing}`)}
      text={t(`doText.${doing}`, { name: person.name })}
      label={t(`doTitle.${doing}`)}
      isDanger={doing !== 'enable'}
      change={change}
      onClose={onClose}
    />
  );
}
