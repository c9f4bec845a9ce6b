import { Alert, Text } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { Copy } from './Copy';
import './shown-once.css';

/** A secret that only this answer holds. @param text what to do with it now */
export function ShownOnce({ value, label, text }: { value: string; label: string; text: string }) {
  return (
    <Alert color="yellow" variant="light" icon={<IconEye />} title={label}>
      <Text size="sm" mb="xs">
        {text}
      </Text>
      <div className="shown-once">
        <Copy value={value} label={label} />
      </div>
    </Alert>
  );
}
