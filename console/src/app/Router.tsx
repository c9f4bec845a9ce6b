import { lazy, Suspense } from 'react';
import { BrowserRouter, Route, Routes } from 'react-router';
import { BASE } from '../base';
import { NothingHere } from '../components/Notices';
import { loadArea } from '../i18n/i18n';
import { Broken } from './Broken';
import { type Page, PAGES } from './pages';
import { PageOf } from './PageOf';
import { Shell } from './Shell';

const LogIn = lazy(() => withArea('login', import('../pages/login/LogInPage')));
const Invitation = lazy(() => withArea('login', import('../pages/login/InvitationPage')));
const FirstLink = lazy(() => withArea('login', import('../pages/login/FirstLinkPage')));
const WRITTEN = PAGES.map((page: Page) => ({ page, Written: written(page) }));

/**
 * Every page at its path. A page comes with its text, so that nothing is shown in pieces: until then the one before stays. Without
 * the router's loaders and actions, which would be 15 kB for each first load.
 */
export function Router() {
  return (
    <BrowserRouter basename={BASE.replace(/\/$/, '')}>
      <Broken>
        <Suspense>
          <Routes>
            <Route path="login" element={<LogIn />} />
            <Route path="invite" element={<Invitation />} />
            <Route path="first" element={<FirstLink />} />
            <Route element={<Shell />}>
              {WRITTEN.map(({ page, Written }) => (
                <Route
                  key={page.path}
                  path={page.path}
                  element={<PageOf page={page} Component={Written} />}
                />
              ))}
              <Route path="*" element={<NothingHere />} />
            </Route>
          </Routes>
        </Suspense>
      </Broken>
    </BrowserRouter>
  );
}

function written({ area, load }: Page) {
  return load === undefined ? undefined : lazy(() => withArea(area, load()));
}

async function withArea<Module extends { Component: unknown }>(
  area: Page['area'],
  loading: Promise<Module>,
): Promise<{ default: Module['Component'] }> {
  const [{ Component }] = await Promise.all([loading, loadArea(area)]);
  return { default: Component };
}
