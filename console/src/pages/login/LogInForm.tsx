import { Anchor, Button, Divider, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import '@mantine/core/styles/Divider.css';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { MeDto } from '@schema';
import { SERVER, settingOf } from '../../base';
import { Problem } from '../../components/Problem';

interface Props {
  /** Of whoever was logged in; absent: anybody may log in. */
  login?: string;
  onDone: (me: MeDto) => void;
}

/**
 * Password, then a code of the authenticator or a recovery code. The server is asked once, with all of it: it tells nobody which
 * part was wrong.
 */
export function LogInForm({ login: known, onDone }: Props) {
  const { t } = useTranslation('login');
  const [login, setLogin] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const [isCodeAsked, setIsCodeAsked] = useState(false);
  const [isRecovery, setIsRecovery] = useState(false);
  const [code, setCode] = useState('');
  const logIn = useMutation({
    mutationFn: () => {
      const factor = isRecovery ? { recoveryCode: code.trim() } : { code: code.replaceAll(/\s/g, '') };
      return answerOf(api.POST('/api/v1/session', { body: { login: login.trim(), password, ...factor } }));
    },
    onSuccess: onDone,
    onError: () => setCode(''),
    meta: { isShownInPlace: true },
  });
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    if (isCodeAsked) logIn.mutate();
    else setIsCodeAsked(true);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {logIn.error !== null && <Problem error={logIn.error} />}
        <LoginInput login={login} setLogin={known === undefined ? setLogin : undefined} />
        <OldPasswordInput password={password} setPassword={setPassword} />
        {isCodeAsked && <CodeInput code={code} setCode={setCode} isRecovery={isRecovery} />}
        <Button type="submit" fullWidth loading={logIn.isPending}>
          {isCodeAsked ? t('logIn') : t('continue')}
        </Button>
        {isCodeAsked && (
          <Group justify="center">
            <Anchor
              component="button"
              type="button"
              size="sm"
              onClick={() => {
                setIsRecovery(!isRecovery);
                setCode('');
              }}
            >
              {isRecovery ? t('useAuthenticator') : t('useRecoveryCode')}
            </Anchor>
          </Group>
        )}
        {settingOf('sso') && <SingleSignOn />}
      </Stack>
    </form>
  );
}

/** @param setLogin undefined where it is known who logs in */
function LoginInput({ login, setLogin }: { login: string; setLogin?: (login: string) => void }) {
  const { t } = useTranslation('login');
  return (
    <TextInput
      label={t('login')}
      value={login}
      onChange={(event) => setLogin?.(event.currentTarget.value)}
      readOnly={setLogin === undefined}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      required
      withAsterisk={false}
    />
  );
}

function OldPasswordInput({
  password,
  setPassword,
}: {
  password: string;
  setPassword: (password: string) => void;
}) {
  const { t } = useTranslation('login');
  return (
    <PasswordInput
      label={t('password')}
      value={password}
      onChange={(event) => setPassword(event.currentTarget.value)}
      autoComplete="current-password"
      visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0, 'aria-hidden': false }}
      dir="ltr"
      required
      withAsterisk={false}
    />
  );
}

interface CodeProps {
  code: string;
  setCode: (code: string) => void;
  isRecovery: boolean;
}

function CodeInput({ code, setCode, isRecovery }: CodeProps) {
  const { t } = useTranslation('login');
  return (
    <TextInput
      key={String(isRecovery)}
      label={isRecovery ? t('recoveryCode') : t('code')}
      description={isRecovery ? t('recoveryCodeText') : t('codeText')}
      value={code}
      onChange={(event) => setCode(event.currentTarget.value)}
      autoComplete="one-time-code"
      inputMode={isRecovery ? 'text' : 'numeric'}
      dir="ltr"
      required
      withAsterisk={false}
      data-autofocus
      autoFocus
    />
  );
}

function SingleSignOn() {
  const { t } = useTranslation('login');
  return (
    <>
      <Divider label={t('or')} />
      <Button component="a" href={`${SERVER}/api/v1/session/oidc`} variant="default" fullWidth>
        {t('singleSignOn')}
      </Button>
      <Text size="xs" c="dimmed" ta="center">
        {t('singleSignOnText')}
      </Text>
    </>
  );
}
