import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { NoPermission, NotWritten } from '../components/Notices';
import type { Page } from './pages';
import { may, useMe } from './session';
import { Welcome } from './Welcome';

/** A page, for whoever may see it. */
export function PageOf({ page: { path, scope }, Component }: { page: Page; Component?: ComponentType }) {
  const me = useMe();
  const { i18n } = useTranslation();
  if (!may(me, scope)) return path === '' ? <Welcome /> : <NoPermission scope={scope} />;
  // a page is made anew in another language, so that nothing of it keeps a text
  return Component === undefined ? <NotWritten /> : <Component key={i18n.language} />;
}
