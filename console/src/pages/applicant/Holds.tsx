import { Button, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { HoldDto } from '@schema';
import { useCan } from '../../app/session';
import { Confirm } from '../../components/Confirm';
import { DataArea } from '../../components/DataArea';
import { Ltr } from '../../components/Ltr';
import { Name } from '../../components/Name';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';

const HOLDS = '/api/v1/holds';
const MOST = 200;

/** What keeps this applicant from being removed. */
export function Holds({ applicantId }: { applicantId: string }) {
  const { t } = useTranslation('applicant');
  const [lifting, setLifting] = useState<HoldDto>();
  const query = useQuery({
    queryKey: [HOLDS, applicantId],
    queryFn: ({ signal }) =>
      answerOf(api.GET(HOLDS, { params: { query: { state: 'placed', applicantId, limit: MOST } }, signal })),
    select: ({ items }) => items,
  });
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="holds">
      <Title order={2} size="sm" mb="xs" id="holds">
        {t('holds.title')}
      </Title>
      <DataArea query={query}>
        {(holds) =>
          holds.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('holds.none')}
            </Text>
          ) : (
            <ul className="plain-list hold-list">
              {holds.map((hold) => (
                <Hold key={hold.id} hold={hold} onLift={() => setLifting(hold)} />
              ))}
            </ul>
          )
        }
      </DataArea>
      {lifting !== undefined && <LiftDialog hold={lifting} onClose={() => setLifting(undefined)} />}
    </Paper>
  );
}

function Hold({ hold, onLift }: { hold: HoldDto; onLift: () => void }) {
  const { t } = useTranslation('applicant');
  const can = useCan();
  return (
    <li>
      <Text size="sm">
        <Name>{hold.reason}</Name>
      </Text>
      <Text size="xs" c="dimmed" component="div">
        <Ltr>{hold.placedBy}</Ltr>
        {' · '}
        <When at={hold.placedAt} />
      </Text>
      {hold.applicantId === null && <Text size="xs">{t('holds.ofNationalId')}</Text>}
      {can('holds:write') && (
        <Button mt={4} size="compact-sm" variant="default" onClick={onLift}>
          {t('holds.lift')}
        </Button>
      )}
    </li>
  );
}

function LiftDialog({ hold: { id, reason }, onClose }: { hold: HoldDto; onClose: () => void }) {
  const { t } = useTranslation('applicant');
  const lift = useChange({
    run: () => answerOf(api.POST('/api/v1/holds/{id}/lift', { params: { path: { id } } })),
    lists: [HOLDS],
    said: () => t('holds.lifted'),
    onDone: onClose,
    isShownInPlace: true,
  });
  return (
    <Confirm
      title={t('holds.liftTitle')}
      text={t('holds.liftText')}
      label={t('holds.lift')}
      isDanger
      change={lift}
      onClose={onClose}
    >
      <Text size="sm" fw={600}>
        <Name>{reason}</Name>
      </Text>
    </Confirm>
  );
}
