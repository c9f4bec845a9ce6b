import { type FastifyInstance } from 'fastify';

/** Knows which methods a path has, so that a wrong method is told apart from a wrong path (RFC 9110, 15.5.6). */
export class AllowedMethods {
  private readonly routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  /** Learns the routes as they are made: to be called before them. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', ({ url, method }) => {
      const route = this.routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
      for (const one of [method].flat()) route.methods.add(one.toUpperCase());
      this.routes.set(url, route);
    });
  }

  /** @returns the methods of a path without its query, sorted; empty where no route has this path */
  of(path: string): string[] {
    const methods = new Set<string>();
    for (const route of this.routes.values()) {
      if (route.pattern.test(path)) for (const method of route.methods) methods.add(method);
    }
    return [...methods].sort();
  }
}

/** `/applicants/:id/versions` and a closing `*`, as the router reads them. */
function patternOf(url: string): RegExp {
  const source = url
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:[A-Za-z0-9_]+/g, '[^/]+')
    .replace(/\*/g, '.*');
  return new RegExp(`^${source}$`);
}
