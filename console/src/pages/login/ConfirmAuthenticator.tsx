import { Button, Center, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AcceptedDto, EnrollmentDto } from '@schema';
import { Copy } from '../../components/Copy';
import { Problem } from '../../components/Problem';
import { QrCode } from './QrCode';

interface Props {
  token: string;
  enrollment: EnrollmentDto;
  onDone: (accepted: AcceptedDto) => void;
}

export function ConfirmAuthenticator({ token, enrollment: { otpauthUri, secret }, onDone }: Props) {
  const { t } = useTranslation('login');
  const [code, setCode] = useState('');
  const confirm = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/session/invitation/confirmation', {
          body: { token, code: code.replaceAll(/\s/g, '') },
        }),
      ),
    onSuccess: onDone,
    meta: { isShownInPlace: true },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        confirm.mutate();
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('authenticator.text')}</Text>
        <Center>
          <QrCode text={otpauthUri} label={t('authenticator.qr')} />
        </Center>
        <Text size="sm" component="div">
          {t('authenticator.secret')} <Copy value={secret} label={t('authenticator.secret')} />
        </Text>
        {confirm.error !== null && <Problem error={confirm.error} />}
        <TextInput
          label={t('code')}
          description={t('codeText')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="numeric"
          dir="ltr"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={confirm.isPending}>
          {t('authenticator.confirm')}
        </Button>
      </Stack>
    </form>
  );
}
