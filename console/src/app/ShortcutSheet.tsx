import { Kbd, Modal, Switch, Table, Text } from '@mantine/core';
import '@mantine/core/styles/Kbd.css';
import '@mantine/core/styles/Switch.css';
import { useTranslation } from 'react-i18next';
import { useEntries } from './entries';
import { PLACES } from './shortcut-keys';

interface Props {
  close: () => void;
  isOn: boolean;
  setIsOn: (isOn: boolean) => void;
}

/** The list of the keys. */
export default function ShortcutSheet({ close, isOn, setIsOn }: Props) {
  const { t } = useTranslation('shell');
  const entries = useEntries();
  const places = Object.entries(PLACES).flatMap(([code, path]): [string[], string][] => {
    const entry = entries.find((one) => one.path === path);
    return entry === undefined ? [] : [[['g', code.slice(-1).toLowerCase()], entry.label]];
  });
  const rows: [string[], string][] = [
    [['Ctrl', 'K'], t('shortcuts.palette')],
    [['/'], t('shortcuts.palette')],
    [['j'], t('shortcuts.next')],
    [['k'], t('shortcuts.previous')],
    [['?'], t('shortcuts.sheet')],
    ...places,
  ];
  return (
    <Modal
      opened
      onClose={close}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Switch
        label={t('shortcuts.on')}
        checked={isOn}
        onChange={(event) => setIsOn(event.currentTarget.checked)}
        mb="sm"
      />
      <Table verticalSpacing={4}>
        <Table.Tbody>
          {rows.map(([keys, meaning]) => (
            <Table.Tr key={keys.join('+')}>
              <Table.Td>
                <bdi dir="ltr">
                  {keys.map((key) => (
                    <Kbd key={key} me={4}>
                      {key}
                    </Kbd>
                  ))}
                </bdi>
              </Table.Td>
              <Table.Td>
                <Text size="sm">{meaning}</Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
