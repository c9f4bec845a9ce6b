import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconEraser, IconFileDescription, IconLockAccess } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session';
import { lazily } from '../../components/lazily';

const EraseDialog = lazily(async () => (await import('./EraseDialog')).EraseDialog);
const HoldDialog = lazily(async () => (await import('./HoldDialog')).HoldDialog);
const SubjectAccessDialog = lazily(async () => (await import('./SubjectAccessDialog')).SubjectAccessDialog);

const ACTIONS = [
  { name: 'hold', title: 'hold.action', scope: 'holds:write', icon: IconLockAccess, Dialog: HoldDialog },
  {
    name: 'access',
    title: 'access.action',
    scope: 'subjects:read',
    icon: IconFileDescription,
    Dialog: SubjectAccessDialog,
  },
  { name: 'erase', title: 'erase.action', scope: 'erasures:write', icon: IconEraser, Dialog: EraseDialog },
] as const;

/** What compliance does with one person. Nobody else sees it. */
export function PrivacyMenu({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const can = useCan();
  const [open, setOpen] = useState<(typeof ACTIONS)[number]['name']>();
  const actions = ACTIONS.filter(({ scope }) => can(scope));
  const Dialog = actions.find(({ name }) => name === open)?.Dialog;
  if (actions.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} />}>
            {t('actions')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {actions.map(({ name, title, icon: Icon }) => (
            <Menu.Item
              key={name}
              color={name === 'erase' ? 'red' : undefined}
              leftSection={<Icon size={16} />}
              onClick={() => setOpen(name)}
            >
              {t(title)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {Dialog !== undefined && <Dialog applicantId={applicantId} onClose={() => setOpen(undefined)} />}
    </>
  );
}
