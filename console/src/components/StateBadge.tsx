import { Badge } from '@mantine/core';

export type Tone = 'good' | 'bad' | 'warn' | 'busy' | 'quiet';

const COLOURS = { good: 'teal', bad: 'red', warn: 'orange', busy: 'petrol', quiet: 'gray' } as const;

/** A state in a word; the colour only repeats it. */
export function StateBadge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <Badge color={COLOURS[tone]} variant="light" tt="none" miw="max-content">
      {children}
    </Badge>
  );
}
