# docker build -t trackside .        (both platforms: docker buildx build --platform linux/amd64,linux/arm64 …)
# Debian, not Alpine: the embedded PostgreSQL is built for glibc.

FROM node:24-bookworm-slim AS build
WORKDIR /app
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/prisma-generate.mjs && node_modules/.bin/next build && rm -rf .next/cache
# What is needed to build stays behind: Next's compiler, the Node that npm brings for machines without one, and
# Prisma's command line, which npm would keep as an optional peer of its client.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && rm -rf node_modules/.bin/node node_modules/node-linux-* node_modules/@next/swc-* node_modules/prisma \
    node_modules/@prisma/dev node_modules/@prisma/studio-core node_modules/@electric-sql node_modules/effect
# npm packages hold no links: made here, because the user that runs the server may not write here.
RUN node -e "import('./server/store/embedded/binaries.ts').then(({ findBinaries }) => findBinaries())"

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 TRACKSIDE_DATA_DIR=/data
COPY --from=build /app ./
# 1000 is the user `node` of the image.
RUN install -d -m 700 -o 1000 -g 1000 /data
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/main.ts"]
