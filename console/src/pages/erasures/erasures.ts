import { answerOf, api } from '../../api/client';
import { saveFile } from '../../components/save-file';

/** Path of the erasures, and the key of their list. */
export const ERASURES = '/api/v1/erasures';

export const STATES = ['restricted', 'held', 'erasing', 'erased'] as const;

export type Format = 'json' | 'pdf';

/** The certificate, as a file. It names no person. */
export async function saveCertificate({ id, format }: { id: string; format: Format }): Promise<void> {
  saveFile(await certificateOf(id, format), `erasure-${id}.${format}`);
}

async function certificateOf(id: string, format: Format): Promise<Blob> {
  const params = { path: { id } };
  if (format === 'pdf') {
    return answerOf(api.GET('/api/v1/erasures/{id}/certificate.pdf', { params, parseAs: 'blob' }));
  }
  const certificate = await answerOf(api.GET('/api/v1/erasures/{id}/certificate', { params }));
  return new Blob([JSON.stringify(certificate, null, 2)], { type: 'application/json' });
}
