import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AttemptDto, DeliveryDto } from '@schema';
import { useCan } from '../../app/session';
import { Copy } from '../../components/Copy';
import { DataArea } from '../../components/DataArea';
import { Dialog } from '../../components/Dialog';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';
import { useChange } from '../../components/useChange';
import { When } from '../../components/When';

interface Props {
  endpointId: string;
  delivery: DeliveryDto;
  onClose: () => void;
}

/** How one delivery was tried, and the button that sends it again. */
export function AttemptsDialog({ endpointId, delivery, onClose }: Props) {
  const { t } = useTranslation('endpoints');
  const can = useCan();
  const path = { id: endpointId, deliveryId: delivery.id };
  const query = useQuery({
    queryKey: ['/api/v1/endpoints', endpointId, 'deliveries', delivery.id, 'attempts'],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/endpoints/{id}/deliveries/{deliveryId}/attempts', { params: { path }, signal }),
      ),
  });
  const resending = useChange({
    run: () =>
      answerOf(api.POST('/api/v1/endpoints/{id}/deliveries/{deliveryId}/resend', { params: { path } })),
    lists: ['/api/v1/endpoints'],
    said: () => t('resend.done'),
    onDone: onClose,
    isShownInPlace: true,
  });
  const act = { label: t('resend.act'), run: resending.mutate, isRunning: resending.isPending };
  return (
    <Dialog
      title={t('attemptsOf')}
      error={resending.error}
      act={can('endpoints:write') ? act : undefined}
      onClose={onClose}
    >
      <Text size="sm" component="div">
        <Copy value={delivery.id} label={t('column.delivery')} />
      </Text>
      <DataArea
        query={query}
        empty={({ items }) => (items.length === 0 ? { kind: 'first', title: t('noAttempts') } : undefined)}
      >
        {({ items }) => <Attempts attempts={items} />}
      </DataArea>
    </Dialog>
  );
}

function Attempts({ attempts }: { attempts: AttemptDto[] }) {
  const { t } = useTranslation('endpoints');
  return (
    <Table className="data-table" verticalSpacing={6} aria-label={t('column.attempts')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('column.at')}</Table.Th>
          <Table.Th scope="col">{t('column.answer')}</Table.Th>
          <Table.Th scope="col" data-number>
            {t('column.duration')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {attempts.map(({ number, at, status, code, durationMs }) => (
          <Table.Tr key={number}>
            <Table.Td>
              <When at={at} />
            </Table.Td>
            <Table.Td>
              {status === null && code === null ? (
                <Nothing />
              ) : (
                <Ltr>{[status, code].filter((part) => part !== null).join(' ')}</Ltr>
              )}
            </Table.Td>
            <Table.Td data-number>
              <Ltr>{durationMs} ms</Ltr>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
