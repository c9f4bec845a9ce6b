import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { toast } from '../app/toast';
import { type ApiError, asApiError } from '../api/problem';
import { Copy } from './Copy';
import { ErrorCode } from './ErrorCode';

/** What went wrong, with what support asks for: the code and the id of the request. */
export function Problem({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const { t } = useTranslation('common');
  const problem = asApiError(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={titleOf(problem)} role="alert">
      {problem.detail !== undefined && (
        <Text size="sm">
          <bdi>{problem.detail}</bdi>
        </Text>
      )}
      <Group gap="md" mt="xs">
        <Text size="xs" span>
          {t('problem.code')} <ErrorCode code={problem.code} />
        </Text>
        {problem.requestId !== undefined && (
          <Text size="xs" span>
            {t('problem.request')} <Copy value={problem.requestId} label={t('problem.request')} />
          </Text>
        )}
        {onRetry !== undefined && (
          <Button size="compact-sm" variant="outline" color="red" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** The same as a toast, for what somebody did and did not work. */
export function showProblem(error: Error): void {
  const problem = asApiError(error);
  toast({
    color: 'red',
    title: titleOf(problem),
    message: [problem.detail, problem.code, problem.requestId].filter(Boolean).join(' · '),
    autoClose: 10_000,
  });
}

/** In the language of now where it is a common one; otherwise as the server says it. */
export function titleOf({ code, title }: ApiError): string {
  return i18next.t(`errors.${code}`, title, { ns: 'common' });
}
