import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUser } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import { BASE } from '../base';
import { useMe } from './session';
import { openShortcuts } from './Shortcuts';

export function AccountMenu() {
  const { t } = useTranslation('shell');
  const { name, displayName, roles = [] } = useMe();
  const logOut = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/session')),
    // nothing of what was read stays in memory
    onSuccess: () => location.assign(`${BASE}login`),
  });
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account.label')}>
          <IconUser size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="bright">
            <bdi>{displayName ?? name}</bdi>
          </Text>
          <Text size="xs" c="dimmed">
            {roles
              .map((role) => t(`role.${role as 'viewer'}`, { defaultValue: role }))
              .join(t('listSeparator'))}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} />}>
          {t('nav.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={openShortcuts}>
          {t('shortcuts.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => logOut.mutate()}>
          {t('account.logOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
