import { useFormat } from '../i18n/format';
import { Nothing } from './Name';

/** A moment, in Cairo; pointing at it shows UTC. @param at ISO 8601 */
export function When({ at }: { at: string | null | undefined }) {
  const format = useFormat();
  if (at === null || at === undefined) return <Nothing />;
  return (
    <time dateTime={at} title={format.utc(at)} className="when">
      {format.time(at)}
    </time>
  );
}
