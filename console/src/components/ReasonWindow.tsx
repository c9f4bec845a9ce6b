import { Button, Chip, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import '@mantine/core/styles/Chip.css';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './Problem';

const MAX_REASON = 500;

interface Props {
  title: string;
  /** What will happen. */
  text: string;
  /** Reasons that are often given; they begin the text. */
  choices?: string[];
  submit: string;
  isDangerous?: boolean;
  isPending?: boolean;
  error?: Error | null;
  /** What must be there besides the reason. */
  children?: ReactNode;
  isReady?: boolean;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}

/** See `ReasonDialog`. */
export function ReasonWindow({ title, text, choices = [], submit, onClose, onSubmit, ...props }: Props) {
  const { t } = useTranslation(['common', 'shell']);
  const [reason, setReason] = useState('');
  const isReady = reason.trim() !== '' && props.isReady !== false;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('shell:close') }}
      size="lg"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onSubmit(reason.trim());
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{text}</Text>
          {choices.length > 0 && <Choices choices={choices} reason={reason} onChoose={setReason} />}
          <Textarea
            label={t('reason.label')}
            description={t('reason.text')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value.replaceAll('\n', ' '))}
            maxLength={MAX_REASON}
            dir="auto"
            autosize
            minRows={2}
            data-autofocus
          />
          {props.children}
          {props.error && <Problem error={props.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button
              type="submit"
              color={props.isDangerous === true ? 'red' : undefined}
              disabled={!isReady}
              loading={props.isPending}
            >
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface Chosen {
  choices: string[];
  reason: string;
  onChoose: (reason: string) => void;
}

function Choices({ choices, reason, onChoose }: Chosen) {
  const { t } = useTranslation('common');
  return (
    <Chip.Group value={choices.find((choice) => reason.startsWith(choice)) ?? null}>
      <Group gap="xs" role="group" aria-label={t('reason.choices')}>
        {choices.map((choice) => (
          <Chip key={choice} value={choice} size="sm" onClick={() => onChoose(`${choice}: `)}>
            {choice}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
