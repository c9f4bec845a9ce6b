import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import pino from 'pino';
import { AppModule } from './app.module.js';
import { loadConfig } from './config/config.js';

const TAGS: [name: string, description: string][] = [
  ['eNROLL: token', "The token URL of eNROLL's panel."],
  ['eNROLL: callbacks', "The success and fail callback URLs of eNROLL's panel."],
  ['Management: applicants', 'Current state, history and search.'],
  ['Management: images', "The applicants' images, fetched from eNROLL and sealed."],
  ['Management: changes', 'The ordered feed of everything that changed.'],
  ['Management: consumers', 'Readers of the feed whose place is kept here.'],
  ['Management: endpoints', 'Where changes are handed on to: signed webhooks and NATS JetStream.'],
  ['Management: receipts', 'Callbacks as they were received.'],
  ['Management: quarantine', 'Elements that could not be taken: look, fix, replay, discard.'],
  ['Management: reconciliation', 'What eNROLL has and we missed; signed statements of completeness.'],
  ['Management: alerts', 'What is wrong, and who was told of it.'],
  ['Management: eNROLL queries', "eNROLL's own query API, asked on your behalf."],
];

/** The OpenAPI document of an application. */
export function buildOpenApi(app: NestFastifyApplication, publicUrl: string): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Rollcall')
    .setDescription(
      "The organization's side of eNROLL. The operations tagged *eNROLL* are called by eNROLL with an OAuth 2.0 client; " +
        'those tagged *Management* are called by your own systems with an API key.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(publicUrl, 'This installation')
    .addOAuth2(
      {
        type: 'oauth2',
        description: "Client id and secret as registered in eNROLL's admin panel.",
        // Not relative: its reader would resolve it against the host, and lose a path of the public URL.
        flows: {
          clientCredentials: {
            tokenUrl: `${publicUrl}/oauth/token`,
            scopes: { callbacks: 'Send callbacks' },
          },
        },
      },
      'enroll',
    )
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'An API key of the management API.' },
      'apiKey',
    );
  for (const [name, description] of TAGS) builder.addTag(name, description);
  return withoutPrefilled(SwaggerModule.createDocument(app, builder.build()));
}

/**
 * Swagger UI fills in the example of a parameter, and sends it: of an optional one that is a filter nobody asked for, and
 * mostly an empty list or 400. There the example is only told.
 */
function withoutPrefilled(document: OpenAPIObject): OpenAPIObject {
  const parameters = Object.values(document.paths)
    .flatMap((path) => [path.get, path.put, path.post, path.delete, path.patch])
    .flatMap((operation) => operation?.parameters ?? []);
  for (const parameter of parameters) {
    if ('$ref' in parameter || parameter.required === true) continue;
    const { schema } = parameter;
    if (schema === undefined || '$ref' in schema || schema.example === undefined) continue;
    const told = `E.g. \`${String(schema.example)}\`.`;
    parameter.description = parameter.description ? `${parameter.description} ${told}` : told;
    delete schema.example;
  }
  return document;
}

/** `/docs` and `/openapi.json`; the document is made at the first visit, since it costs as much as the rest of the start. */
export function serveOpenApi(app: NestFastifyApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Rollcall API',
    swaggerOptions: { persistAuthorization: false, tryItOutEnabled: true },
  });
}

/** The document of this code, without a database or a port: what `openapi.json` in the repository must equal. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const config = loadConfig({ NODE_ENV: 'test', PORT: '3000' });
  const log = pino({ level: 'silent' });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register({ config, databaseUrl: 'postgres://nowhere.invalid/none', log }),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return buildOpenApi(app, config.publicUrl);
}
