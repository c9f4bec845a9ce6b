import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { useChange } from '../../components/useChange';
import { InvitationLink } from './InvitationLink';
import { RoleChoice } from './RoleChoice';
import { type Role, USERS } from './users';

/** Somebody new, and then the link for them. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('people');
  const [login, setLogin] = useState('');
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>([]);
  const invite = useChange({
    run: () => answerOf(api.POST(USERS, { body: { login: login.trim(), name: name.trim(), roles } })),
    lists: [USERS],
    isShownInPlace: true,
  });
  if (invite.data !== undefined) return <InvitationLink invitation={invite.data} onClose={onClose} />;
  const isComplete = login.trim() !== '' && name.trim() !== '' && roles.length > 0;
  return (
    <Dialog
      title={t('invite.title')}
      error={invite.error}
      act={{
        label: t('invite.send'),
        run: () => invite.mutate(),
        isRunning: invite.isPending,
        isOff: !isComplete,
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('column.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        label={t('column.login')}
        description={t('invite.loginText')}
        value={login}
        onChange={(event) => setLogin(event.currentTarget.value)}
        dir="ltr"
      />
      <RoleChoice value={roles} onChange={setRoles} />
    </Dialog>
  );
}
