import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { EnrollmentDto } from '@schema';
import { Problem } from '../../components/Problem';

export function ChoosePassword({
  token,
  onDone,
}: {
  token: string;
  onDone: (enrollment: EnrollmentDto) => void;
}) {
  const { t } = useTranslation('login');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/session/invitation', { body: { token, password } })),
    onSuccess: onDone,
    meta: { isShownInPlace: true },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('invitation.text')}</Text>
        {accept.error !== null && <Problem error={accept.error} />}
        <PasswordInput
          label={t('newPassword')}
          description={t('newPasswordText')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0, 'aria-hidden': false }}
          dir="ltr"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={accept.isPending}>
          {t('continue')}
        </Button>
      </Stack>
    </form>
  );
}
