import { Anchor, Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ReceiptDto, ReceiptElementDto } from '@schema';
import { useCan } from '../../app/session';
import { Ltr } from '../../components/Ltr';
import { Nothing } from '../../components/Name';

const COLOURS = {
  created: 'teal',
  updated: 'teal',
  duplicate: 'gray',
  stale: 'gray',
  quarantined: 'orange',
  pending: 'yellow',
} as const;

/** The elements of a callback: whom each is about, and where it led. */
export function Elements({ receipt: { elements, results } }: { receipt: ReceiptDto }) {
  const { t } = useTranslation('receipts');
  if (elements.length === 0) return <Text size="sm">{t('noElements')}</Text>;
  return (
    <>
      <Table.ScrollContainer
        minWidth={560}
        scrollAreaProps={{
          viewportProps: { tabIndex: 0, 'aria-label': t('section.elements'), role: 'region' },
        }}
      >
        <Table className="data-table" verticalSpacing={6} aria-label={t('section.elements')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('column.place')}</Table.Th>
              <Table.Th scope="col">{t('column.applicant')}</Table.Th>
              <Table.Th scope="col">{t('column.result')}</Table.Th>
              <Table.Th scope="col">{t('column.version')}</Table.Th>
              <Table.Th scope="col">{t('column.quarantine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {elements.map((element) => (
              <ElementRow key={element.index} element={element} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {results.length > elements.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('firstElements', { count: elements.length })}
        </Text>
      )}
    </>
  );
}

function ElementRow({ element }: { element: ReceiptElementDto }) {
  const { t } = useTranslation('receipts');
  const can = useCan();
  const { index, applicantId, result, version, quarantineId, code } = element;
  const isApplicant = applicantId !== null && result !== 'quarantined' && can('applicants:read');
  return (
    <Table.Tr>
      <Table.Td>{index + 1}</Table.Td>
      <Table.Td>
        {isApplicant ? (
          <Anchor
            component={Link}
            size="sm"
            className="row-link"
            data-row-link
            to={`/applicants/${encodeURIComponent(applicantId)}`}
          >
            <Ltr>{applicantId}</Ltr>
          </Anchor>
        ) : applicantId === null ? (
          <Nothing />
        ) : (
          <Ltr>{applicantId}</Ltr>
        )}
      </Table.Td>
      <Table.Td>
        <Badge color={COLOURS[result]} variant="light" tt="none">
          {t(`result.${result}`)}
        </Badge>
      </Table.Td>
      <Table.Td>{version ?? <Nothing />}</Table.Td>
      <Table.Td>
        {quarantineId === null ? (
          <Nothing />
        ) : can('quarantine:read') ? (
          <Anchor
            component={Link}
            size="sm"
            className="row-link"
            data-row-link
            to={`/quarantine/${quarantineId}`}
          >
            <Ltr>{code}</Ltr>
          </Anchor>
        ) : (
          <Ltr>{code}</Ltr>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
