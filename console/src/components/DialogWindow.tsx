import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';

interface Props {
  title: string;
  children: ReactNode;
  /** Why the last try failed. */
  error?: Error | null;
  /** What is done; absent where nothing is left to do. */
  act?: { label: string; run: () => void; isRunning?: boolean; isOff?: boolean; isDanger?: boolean };
  onClose: () => void;
}

/** See `Dialog`. */
export function DialogWindow({ title, children, error, act, onClose }: Props) {
  const { t } = useTranslation('shell');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (act !== undefined && act.isOff !== true) act.run();
        }}
      >
        <Stack gap="sm">
          {children}
          {error !== null && error !== undefined && <Problem error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('close')}
            </Button>
            {act !== undefined && (
              <Button
                type="submit"
                color={act.isDanger === true ? 'red.8' : undefined}
                loading={act.isRunning}
                disabled={act.isOff}
              >
                {act.label}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
