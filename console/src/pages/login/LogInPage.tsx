import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { ME, useLoggedIn } from '../../app/session';
import { FrontDoor } from './FrontDoor';
import { LogInForm } from './LogInForm';

/** Leads on to the page that somebody wanted to see. */
export function Component() {
  const { t } = useTranslation('login');
  const navigate = useNavigate();
  const loggedIn = useLoggedIn();
  const { state } = useLocation() as { state: { from?: string } | null };
  const { data } = useQuery({ ...ME, enabled: false });
  const to = state?.from ?? '/';
  if (data !== undefined) return <Navigate to={to} replace />;
  return (
    <FrontDoor title={t('title')}>
      <LogInForm
        onDone={(me) => {
          loggedIn(me);
          void navigate(to, { replace: true });
        }}
      />
    </FrontDoor>
  );
}
