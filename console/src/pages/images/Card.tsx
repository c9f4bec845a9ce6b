import { Paper } from '@mantine/core';
import './cards.css';

/** One number, what it counts, and what that means. */
export function Card({ label, value, text }: { label: string; value: string; text: string }) {
  return (
    <Paper withBorder p="md" className="image-card">
      <dt>{label}</dt>
      <dd className="image-count">{value}</dd>
      <dd>{text}</dd>
    </Paper>
  );
}
