import { Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { MaskedElementDto, MaskedFieldDto } from '@schema';
import { Ltr } from '../../components/Ltr';
import { useFormat } from '../../i18n/format';

/** The names of an element, what each holds, and which were refused. */
export function MaskedElement({ element: { kind, fields, leftOff } }: { element: MaskedElementDto }) {
  const { t } = useTranslation('quarantine');
  const format = useFormat();
  if (kind !== 'object')
    return <Text size="sm">{t('received.notObject', { kind: t(`received.kind.${kind}`) })}</Text>;
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {t('received.masked')}
      </Text>
      <Table aria-label={t('received.title')} className="data-table masked-element" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('fix.field')}</Table.Th>
            <Table.Th scope="col">{t('fix.value')}</Table.Th>
            <Table.Th scope="col">{t('received.kindOf')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field, place) => (
            <Line key={place} field={field} />
          ))}
        </Table.Tbody>
      </Table>
      {leftOff > 0 && (
        <Text size="xs">{t('received.leftOff', { count: leftOff, number: format.number(leftOff) })}</Text>
      )}
    </Stack>
  );
}

function Line({ field: { name, kind, values, refused } }: { field: MaskedFieldDto }) {
  const { t } = useTranslation('quarantine');
  return (
    <Table.Tr data-refused={refused}>
      <Table.Td>
        <Ltr>{name}</Ltr>
        {refused && (
          <Text size="xs" className="refused-field" component="div">
            <IconAlertTriangle size={14} aria-hidden /> {t('received.refused')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {values.length === 0 ? <Ltr>{kind === 'list' ? '[]' : 'null'}</Ltr> : <Values values={values} />}
      </Table.Td>
      <Table.Td>{t(`received.kind.${kind}`)}</Table.Td>
    </Table.Tr>
  );
}

function Values({ values }: { values: string[] }) {
  return values.map((value, place) => (
    <div key={place}>{value === '' ? <Ltr>&quot;&quot;</Ltr> : <bdi>{value}</bdi>}</div>
  ));
}
