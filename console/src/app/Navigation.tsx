import { NavLink, ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { type Entry, useEntries } from './entries';

const GROUPS = ['watch', 'enrollments', 'handingOn', 'compliance', 'administration'] as const;

/** The pages that this person may see. */
export function Navigation() {
  const { t } = useTranslation('shell');
  const entries = useEntries();
  const groups = GROUPS.map((group) => ({ group, own: entries.filter((entry) => entry.group === group) }));
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': t('navigation') }}>
      {groups
        .filter(({ own }) => own.length > 0)
        .map(({ group, own }) => (
          <section key={group}>
            <Text size="xs" fw={600} c="dimmed" px="xs" pt="sm" pb={4} id={`group-${group}`}>
              {t(`group.${group}`)}
            </Text>
            {own.map((entry) => (
              <EntryLink key={entry.path} entry={entry} />
            ))}
          </section>
        ))}
    </ScrollArea>
  );
}

function EntryLink({ entry: { path, icon: Icon, label } }: { entry: Entry }) {
  const { pathname } = useLocation();
  const to = `/${path}`;
  const isActive = path === '' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`);
  return (
    <NavLink
      component={Link}
      to={to}
      label={label}
      leftSection={<Icon size={17} stroke={1.6} />}
      active={isActive}
      aria-current={isActive ? 'page' : undefined}
      className="nav-link"
      py={6}
    />
  );
}
