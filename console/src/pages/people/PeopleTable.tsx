import { Badge, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { UserDto } from '@schema';
import { useCan } from '../../app/session';
import { type Column, DataTable } from '../../components/DataTable';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { RowMenu } from '../../components/RowMenu';
import { StateBadge } from '../../components/StateBadge';
import { type Pages, usePages } from '../../components/usePages';
import { When } from '../../components/When';
import { type Doing, PersonDialog } from './PersonDialog';
import { USERS } from './users';

const TONES = { active: 'good', invited: 'busy', disabled: 'quiet', tampered: 'bad' } as const;

interface Chosen {
  person: UserDto;
  doing: Doing;
}

export function usePeople(): Pages<UserDto> {
  return usePages([USERS], (cursor, signal) =>
    answerOf(api.GET(USERS, { params: { query: { cursor } }, signal })),
  );
}

export function PeopleTable({ pages }: { pages: Pages<UserDto> }) {
  const { t } = useTranslation('people');
  const [chosen, setChosen] = useState<Chosen>();
  const columns = useColumns((person, doing) => setChosen({ person, doing }));
  return (
    <>
      <DataTable
        label={t('people')}
        pages={pages}
        columns={columns}
        idOf={({ id }) => id}
        empty={{ kind: 'first', title: t('none.title'), text: t('none.text') }}
      />
      {chosen !== undefined && <PersonDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}

function useColumns(choose: (person: UserDto, doing: Doing) => void): Column<UserDto>[] {
  const { t } = useTranslation(['people', 'shell']);
  const can = useCan();
  const actions: Column<UserDto> = {
    id: 'actions',
    header: t('column.actions'),
    isNumber: true,
    cell: (person) => {
      const act = (doing: Doing, isDanger = false) => ({
        label: t(`doTitle.${doing}`),
        run: () => choose(person, doing),
        isDanger,
      });
      return (
        <RowMenu
          label={t('actionsOf', { name: person.name })}
          actions={[
            act('change'),
            act('invite'),
            person.state === 'active' && act('endSessions'),
            person.state === 'disabled' && act('enable'),
            person.state !== 'disabled' && act('disable', true),
          ]}
        />
      );
    },
  };
  return [
    { id: 'name', header: t('column.name'), cell: ({ name }) => <Name>{name}</Name> },
    { id: 'login', header: t('column.login'), cell: ({ login }) => <Ltr>{login}</Ltr> },
    {
      id: 'roles',
      header: t('column.roles'),
      cell: ({ roles }) => (
        <Group gap={4}>
          {roles.map((role) => (
            <Badge key={role} color="gray" variant="light" tt="none">
              {t(`shell:role.${role as 'viewer'}`, { defaultValue: role })}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      id: 'state',
      header: t('column.state'),
      cell: ({ state }) => <StateBadge tone={TONES[state]}>{t(`state.${state}`)}</StateBadge>,
    },
    { id: 'lastLogin', header: t('column.lastLogin'), cell: (row) => <When at={row.lastLoginAt} /> },
    ...(can('users:write') ? [actions] : []),
  ];
}
