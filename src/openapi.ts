import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import pino from 'pino';
import { AppModule } from './app.module.js';
import { type Config, loadConfig } from './config/config.js';
import { API_TAGS } from './problem/api-tags.js';
import { eventWebhooks, MessageDto } from './webhooks/messages.swagger.js';

/** The OpenAPI document of an application. */
export function buildOpenApi(
  app: NestFastifyApplication,
  { publicUrl, managementUrl }: Pick<Config, 'publicUrl' | 'managementUrl'>,
): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Rollcall')
    .setDescription(
      "The organization's side of eNROLL. The operations tagged *eNROLL* are called by eNROLL with an OAuth 2.0 client; " +
        'those tagged *Management* are called by your own systems with an API key, and by people who are logged in.',
    )
    .setOpenAPIVersion('3.1.0')
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(managementUrl, 'This installation')
    .addOAuth2(
      {
        type: 'oauth2',
        description: "Client id and secret as registered in eNROLL's admin panel.",
        // Not relative: readers would resolve it against the host, and lose the path of the public URL.
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
    )
    .addCookieAuth(
      '__Host-rollcall',
      {
        type: 'apiKey',
        in: 'cookie',
        description: 'A session of a person (`logIn`). Whatever changes something also sends `X-CSRF-Token`.',
      },
      'session',
    );
  for (const [name, description] of Object.entries(API_TAGS)) builder.addTag(name, description);
  const described = { ...builder.build(), webhooks: eventWebhooks() };
  const document = SwaggerModule.createDocument(app, described, {
    extraModels: [MessageDto],
    operationIdFactory: (_controller, method) => method,
  });
  return withScopes(withoutPrefilled(document));
}

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  'x-required-scope'?: string[];
  'x-required-scope-is-either'?: true;
};

function operationsOf({ paths }: OpenAPIObject): Operation[] {
  return Object.values(paths)
    .flatMap((path) => [path.get, path.put, path.post, path.delete, path.patch])
    .filter((operation) => operation !== undefined);
}

/** Adds `x-required-scope` to the descriptions, in words. */
function withScopes(document: OpenAPIObject): OpenAPIObject {
  for (const operation of operationsOf(document)) {
    const {
      description = '',
      'x-required-scope': scopes,
      'x-required-scope-is-either': isEither,
    } = operation;
    if (scopes === undefined) continue;
    const said = scopes.map((scope) => `\`${scope}\``).join(isEither ? ' or ' : ', ');
    operation.description = `${description}\n\nScope: ${said}.`;
  }
  return document;
}

/**
 * Swagger UI fills in the example of a parameter and sends it. For an optional parameter that is a filter nobody asked for,
 * and mostly gives an empty list or 400. So its example moves into the description.
 */
function withoutPrefilled(document: OpenAPIObject): OpenAPIObject {
  const parameters = operationsOf(document).flatMap((operation) => operation.parameters ?? []);
  for (const parameter of parameters) {
    if ('$ref' in parameter || parameter.required === true) continue;
    const { schema } = parameter;
    if (schema === undefined || '$ref' in schema || schema.example === undefined) continue;
    const example = `E.g. \`${String(schema.example)}\`.`;
    parameter.description = parameter.description ? `${parameter.description} ${example}` : example;
    delete schema.example;
  }
  return document;
}

/** `/docs` and `/openapi.json`. The document is made at the first visit, since it costs as much as the rest of the start. */
export function serveOpenApi(app: NestFastifyApplication, document: () => OpenAPIObject): void {
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    yamlDocumentUrl: 'openapi.yaml',
    customSiteTitle: 'Rollcall API',
    swaggerOptions: { persistAuthorization: false, tryItOutEnabled: true },
  });
}

/** The document of this code, made without a database or a port. `openapi.json` in the repository must equal it. */
export async function openApiDocument(): Promise<OpenAPIObject> {
  const config = loadConfig({ NODE_ENV: 'test', PORT: '3000' });
  const log = pino({ level: 'silent' });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.register({ config, databaseUrl: 'postgres://nowhere.invalid/none', log }),
    new FastifyAdapter(),
    { preview: true, logger: false, abortOnError: false },
  );
  return buildOpenApi(app, config);
}
