import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconShieldCheck, IconShieldExclamation } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AuditVerdictDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { Problem } from '../../components/Problem';
import { useFormat } from '../../i18n/format';

/** Verifies the newest links of the chain, and those before them in turn. */
export function VerifyChain() {
  const { t } = useTranslation('audit');
  const verify = useMutation({
    mutationFn: (upTo: number | undefined) => answerOf(api.POST('/api/v1/audit/verify', { body: { upTo } })),
    meta: { isShownInPlace: true },
  });
  const verdict = verify.data;
  return (
    <Stack gap="xs" mb="md">
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          leftSection={<IconShieldCheck size={16} />}
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        >
          {t('verify.newest')}
        </Button>
        {verdict?.intact === true && verdict.first > 1 && (
          <Button
            variant="default"
            size="xs"
            disabled={verify.isPending}
            onClick={() => verify.mutate(verdict.first - 1)}
          >
            {t('verify.before')}
          </Button>
        )}
      </Group>
      <div role="status">{verdict !== undefined && <Verdict verdict={verdict} />}</div>
      {verify.error !== null && <Problem error={verify.error} />}
    </Stack>
  );
}

function Verdict({ verdict: { first, last, links, heads, tampering } }: { verdict: AuditVerdictDto }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  if (tampering === null) {
    const numbers = { first: format.number(first), last: format.number(last) };
    return (
      <Alert color="teal" variant="light" icon={<IconCircleCheck />} title={t('verify.intact')}>
        {links === 0 ? t('verify.nothing') : t('verify.links', numbers)}{' '}
        {heads > 0 && t('verify.heads', { count: heads, number: format.number(heads) })}
      </Alert>
    );
  }
  const { n, what, entry } = tampering;
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconShieldExclamation />}
      title={t('verify.broken')}
      role="alert"
    >
      <Text size="sm">{t(`verify.what.${what}`, { n: format.number(n) })}</Text>
      {entry !== null && (
        <Text size="sm">
          {t('entry')}: <Ltr>{entry}</Ltr>
        </Text>
      )}
    </Alert>
  );
}
