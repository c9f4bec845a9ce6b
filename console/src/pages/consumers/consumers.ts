import type { ConsumerDto } from '@schema';

/** Path of the consumers, and the key of their list. */
export const CONSUMERS = '/api/v1/consumers';

export interface DialogProps {
  consumer: ConsumerDto;
  onClose: () => void;
}
