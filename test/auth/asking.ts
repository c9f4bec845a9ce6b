import { createHmac, type KeyObject } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { CLIENT } from '../harness/app.js';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  json: Record<string, unknown>;
}

/** Straight on node:http, which sends repeated headers, and any body with any method. */
export async function send(
  url: string,
  method: string,
  headers: Record<string, string | string[]> = {},
  body?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Asks for a token with id and secret in the form body. */
export async function askToken(
  url: string,
  clientSecret: string,
  clientId: string = CLIENT.id,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
  });
  return send(
    `${url}/oauth/token`,
    'POST',
    { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    form.toString(),
  );
}

/** A JWT as anybody could make one. */
export function aToken(header: object, payload: object, key: KeyObject | undefined, hash = 'sha256'): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = `${encode(header)}.${encode(payload)}`;
  const signature = key === undefined ? '' : createHmac(hash, key).update(signed).digest('base64url');
  return `${signed}.${signature}`;
}
