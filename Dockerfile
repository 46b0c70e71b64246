# The control plane alone: Postgres and Envoy are services of their own, as in docker-compose.yml.

FROM node:20-bookworm-slim AS build
WORKDIR /gateway
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json ./
COPY scripts ./scripts
COPY proto ./proto
COPY src ./src
RUN npm run build

# What runs needs no tools, and no embedded Postgres: its binaries are optional packages.
FROM node:20-bookworm-slim AS packages
WORKDIR /gateway
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM node:20-bookworm-slim
ENV NODE_ENV=production ENVOY=off DATA_DIR=/data
# A volume that is new takes the owner and the mode of the folder that it is mounted on.
RUN install --directory --owner=node --group=node --mode=0700 \
  /data /certificates/authority /certificates/server /certificates/client
VOLUME /data
WORKDIR /gateway
COPY package.json ./
COPY db ./db
COPY --from=packages /gateway/node_modules ./node_modules
COPY --from=build /gateway/dist ./dist
USER node
EXPOSE 1323 8001 8003
CMD ["node", "--enable-source-maps", "dist/main.js"]
