import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { useLoggedIn } from '../../app/session';
import { HiddenInput } from '../../components/HiddenInput';
import { Problem } from '../../components/Problem';
import { useChange } from '../../components/useChange';

const NOTHING = { password: '', newPassword: '', code: '' };

/** Ends every other session. */
export function ChangePassword() {
  const { t } = useTranslation('account');
  const [entered, setEntered] = useState(NOTHING);
  const loggedIn = useLoggedIn();
  const change = useChange({
    run: () => answerOf(api.POST('/api/v1/session/password', { body: entered })),
    lists: ['/api/v1/sessions'],
    said: () => t('password.done'),
    onDone: (me) => {
      loggedIn(me);
      setEntered(NOTHING);
    },
    isShownInPlace: true,
  });
  const isMissing = Object.values(entered).includes('');
  const field = (name: keyof typeof NOTHING) => ({
    value: entered[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setEntered((before) => ({ ...before, [name]: value }));
    },
    dir: 'ltr' as const,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <Stack gap="sm" maw={420}>
        <Text size="sm" c="dimmed">
          {t('password.text')}
        </Text>
        {change.error !== null && <Problem error={change.error} />}
        <HiddenInput label={t('password.current')} autoComplete="current-password" {...field('password')} />
        <HiddenInput
          label={t('password.new')}
          description={t('password.newText')}
          autoComplete="new-password"
          {...field('newPassword')}
        />
        <TextInput
          label={t('password.code')}
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={6}
          w={140}
          {...field('code')}
        />
        <div>
          <Button type="submit" loading={change.isPending} disabled={isMissing}>
            {t('password.save')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
