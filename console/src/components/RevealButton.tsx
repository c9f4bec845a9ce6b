import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Reveal } from './useReveal';

interface Props<Key extends string> {
  of: Key;
  name: string;
  reveal: Reveal<Key>;
}

/** An eye: shows what is hidden, and hides it again. */
export function RevealButton<Key extends string>({ of, name, reveal }: Props<Key>) {
  const { t } = useTranslation('common');
  const isRevealed = reveal.values[of] !== undefined;
  const label = isRevealed ? t('reveal.hide', { field: name }) : t('reveal.show', { field: name });
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={label}
        loading={reveal.pending === of}
        onClick={() => (isRevealed ? reveal.hide(of) : reveal.show(of))}
      >
        {isRevealed ? <IconEyeOff size={15} /> : <IconEye size={15} />}
      </ActionIcon>
    </Tooltip>
  );
}
