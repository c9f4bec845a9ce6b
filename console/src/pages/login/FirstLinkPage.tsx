import { Alert, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import { useLoggedIn } from '../../app/session';
import { FrontDoor } from './FrontDoor';
import { takeToken } from './token';

/** The link that a start outside production prints: it opens the console, this once. */
export function Component() {
  const { t } = useTranslation('login');
  const loggedIn = useLoggedIn();
  const [token] = useState(takeToken);
  // asked once, also where React mounts the page twice
  const { isSuccess, isError } = useQuery({
    queryKey: ['first-link'],
    queryFn: async () => {
      const me = await answerOf(api.POST('/api/v1/session/first-link', { body: { token } }));
      loggedIn(me);
      return me.name;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isSuccess) return <Navigate to="/" replace />;
  return (
    <FrontDoor title={t('firstLink.title')}>
      {isError ? (
        <Alert color="yellow">
          {t('firstLink.over')} <Link to="/login">{t('title')}</Link>
        </Alert>
      ) : (
        <Loader aria-label={t('firstLink.title')} />
      )}
    </FrontDoor>
  );
}
