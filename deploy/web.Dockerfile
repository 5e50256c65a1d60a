# The pages: built once, then served by adapter-node alone.
FROM node:24-bookworm-slim AS build
WORKDIR /casebook
COPY package.json package-lock.json .npmrc ./
COPY apps/api/package.json apps/api/
COPY apps/cli/package.json apps/cli/
COPY apps/web/package.json apps/web/
COPY packages/agreement/package.json packages/agreement/
COPY packages/contracts/package.json packages/contracts/
COPY packages/corpora/package.json packages/corpora/
COPY packages/task-types/package.json packages/task-types/
COPY packages/ui/package.json packages/ui/
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim
WORKDIR /casebook
COPY --from=build /casebook/apps/web/build ./build
COPY --from=build /casebook/apps/web/package.json ./
USER node
EXPOSE 3000
CMD ["node", "build/index.js"]
