import { AppShell, Burger, Button, Center, Group, Loader } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import { renewSessionsBy } from '../api/client';
import { ApiError } from '../api/problem';
import { Problem } from '../components/Problem';
import { loadArea } from '../i18n/i18n';
import { AccountMenu } from './AccountMenu';
import { Broken } from './Broken';
import { ColourSwitch } from './ColourSwitch';
import { LanguageSwitch } from './LanguageSwitch';
import { LiveBar } from './LiveBar';
import { Navigation } from './Navigation';
import { openPalette } from './open-palette';
import { PaletteDoor } from './PaletteDoor';
import { logInAgain, useIsSessionOver } from './renewal';
import { ME } from './session';
import { Shortcuts } from './Shortcuts';
import { Wordmark } from './Wordmark';

const loadReLogIn = () => import('./ReLogIn');
const ReLogIn = lazy(loadReLogIn);
/** Then the page itself is there. */
const RE_LOG_IN_AFTER_MS = 3_000;

/** What stands around every page, for somebody who is logged in. */
export function Shell() {
  const { data, error, refetch } = useQuery(ME);
  const { pathname, search } = useLocation();
  if (data !== undefined) return <Frame />;
  if (error instanceof ApiError && error.status === 401)
    return <Navigate to="/login" state={{ from: pathname + search }} replace />;
  if (error !== null)
    return (
      <Center mih="100dvh" component="main">
        <Problem error={error} onRetry={() => void refetch()} />
      </Center>
    );
  return (
    <Center mih="100dvh" component="main">
      <Loader aria-label="Rollcall" />
    </Center>
  );
}

function Frame() {
  const { t } = useTranslation('shell');
  const [isOpen, { toggle, close }] = useDisclosure();
  const main = useRef<HTMLElement>(null);
  const isOver = useIsSessionOver();
  const { pathname } = useLocation();
  useEffect(() => {
    renewSessionsBy(logInAgain);
    // the dialog may have to come when no file can be loaded any more
    const loading = setTimeout(() => {
      void Promise.all([loadReLogIn(), loadArea('login')]).catch(() => undefined);
    }, RE_LOG_IN_AFTER_MS);
    return () => {
      clearTimeout(loading);
      renewSessionsBy(undefined);
    };
  }, []);
  useEffect(close, [pathname, close]);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 228, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
    >
      <AppShell.Header>
        <Group h="100%" px="md" gap="xs" wrap="nowrap">
          <Button className="skip-link" size="compact-sm" onClick={() => main.current?.focus()}>
            {t('skip')}
          </Button>
          <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('navigation')} />
          <Wordmark />
          <SearchButton />
          <Group gap={2} wrap="nowrap" ms={{ base: 'auto', sm: 0 }}>
            <LanguageSwitch />
            <ColourSwitch />
            <AccountMenu />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1}>
        <LiveBar />
        <Suspense>
          <Broken key={pathname}>
            <Outlet />
          </Broken>
        </Suspense>
      </AppShell.Main>
      <PaletteDoor />
      <Shortcuts />
      {isOver && <Suspense children={<ReLogIn />} />}
    </AppShell>
  );
}

function SearchButton() {
  const { t } = useTranslation('shell');
  return (
    <Button
      variant="default"
      size="xs"
      ms="auto"
      c="dimmed"
      leftSection={<IconSearch size={14} />}
      rightSection={<kbd>Ctrl K</kbd>}
      onClick={openPalette}
      visibleFrom="sm"
    >
      {t('search')}
    </Button>
  );
}
