import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { UserDto } from '@schema';
import { Dialog } from '../../components/Dialog';
import { useChange } from '../../components/useChange';
import { RoleChoice } from './RoleChoice';
import { knownRoles, USERS } from './users';

/** Name and roles of somebody; both work at once. */
export function ChangeDialog({ person, onClose }: { person: UserDto; onClose: () => void }) {
  const { t } = useTranslation('people');
  const [name, setName] = useState(person.name);
  const [roles, setRoles] = useState(knownRoles(person.roles));
  const change = useChange({
    run: () =>
      answerOf(
        api.PATCH('/api/v1/users/{id}', {
          params: { path: { id: person.id } },
          body: { name: name.trim(), roles },
        }),
      ),
    lists: [USERS, 'me'],
    said: (changed) => t('doDone.change', { name: changed.name }),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Dialog
      title={t('doTitle.change')}
      error={change.error}
      act={{
        label: t('save'),
        run: () => change.mutate(),
        isRunning: change.isPending,
        isOff: name.trim() === '' || roles.length === 0,
      }}
      onClose={onClose}
    >
      <TextInput
        label={t('column.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <RoleChoice value={roles} onChange={setRoles} />
    </Dialog>
  );
}
