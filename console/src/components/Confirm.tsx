import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Dialog } from './Dialog';

interface Props {
  title: string;
  /** What follows from it. */
  text: string;
  /** What the button does. */
  label: string;
  isDanger?: boolean;
  isOff?: boolean;
  change: { mutate: () => void; isPending: boolean; error: Error | null };
  onClose: () => void;
  /** What it needs to know, as a reason. */
  children?: ReactNode;
}

/** Asks once before something is done. */
export function Confirm({
  title,
  text,
  label,
  isDanger = false,
  isOff = false,
  change,
  onClose,
  children,
}: Props) {
  const run = () => change.mutate();
  return (
    <Dialog
      title={title}
      error={change.error}
      act={{ label, run, isRunning: change.isPending, isDanger, isOff }}
      onClose={onClose}
    >
      <Text size="sm">{text}</Text>
      {children}
    </Dialog>
  );
}
