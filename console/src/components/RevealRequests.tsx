import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconUserCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { RevealRequestDto } from '@schema';
import { useMe } from '../app/session';
import { Ltr } from './Ltr';
import { Name } from './Name';
import { useChange } from './useChange';
import { When } from './When';

const REQUESTS = '/api/v1/reveal-requests';
const MOST = 200;

interface Props {
  /** About what the page is. */
  of: { applicantId: string } | { quarantineId: string };
  /** What a field is called on the page. */
  nameOf?: (field: string) => string;
}

/** Requests of others to reveal something of this, which wait for a second person. None without that rule. */
export function RevealRequests({ of, nameOf = (field) => field }: Props) {
  const { t } = useTranslation(['common', 'shell']);
  const { name } = useMe();
  const { data } = useQuery({
    queryKey: [REQUESTS, of],
    queryFn: ({ signal }) =>
      answerOf(api.GET(REQUESTS, { params: { query: { ...of, limit: MOST } }, signal })),
  });
  const approve = useChange({
    run: (id: string) =>
      answerOf(api.POST('/api/v1/reveal-requests/{id}/approve', { params: { path: { id } } })),
    lists: [REQUESTS],
    said: () => t('second.approved'),
  });
  const whatOf = ({ fields, image, quarantineId }: RevealRequestDto) =>
    quarantineId === null
      ? (image === null ? fields : [image]).map(nameOf).join(t('shell:listSeparator'))
      : t('second.element');
  const waiting = (data?.items ?? []).filter(({ state, askedBy }) => state === 'waiting' && askedBy !== name);
  return waiting.map((request) => (
    <Alert
      key={request.id}
      color="blue"
      variant="light"
      icon={<IconUserCheck />}
      title={t('second.request')}
      role="status"
    >
      <Stack gap={4}>
        <Text size="sm">
          <Ltr>{request.askedBy}</Ltr>
          {' · '}
          {whatOf(request)}
        </Text>
        <Text size="sm">
          {t('reason.of')} <Name>{request.reason}</Name>
        </Text>
        <Group gap="sm" justify="space-between">
          <Text size="xs">
            {t('second.until')} <When at={request.expiresAt} />
          </Text>
          <Button
            size="compact-sm"
            loading={approve.isPending && approve.variables === request.id}
            onClick={() => approve.mutate(request.id)}
          >
            {t('second.approve')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  ));
}
