import type { TestedDto } from '../alerts/alerts.dto.js';
import type { CliContext } from './context.js';

/** What came of a test over every channel. @throws where one failed, or none is configured */
export function printChannels(context: CliContext, { channels }: TestedDto): void {
  context.show({ channels }, () => channels);
  const failed = channels.filter(({ outcome }) => outcome === 'failed');
  if (failed.length > 0) throw new Error(`Not sent by ${failed.map(({ channel }) => channel).join(', ')}`);
  if (channels.every(({ outcome }) => outcome === 'not_configured')) {
    throw new Error('No channel is configured: see docs/alerts.md');
  }
}
