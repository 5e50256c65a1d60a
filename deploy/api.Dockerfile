# The API and the worker. Node runs the TypeScript as it stands.
FROM node:24-bookworm-slim
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
RUN npm ci --omit=dev
COPY . .
RUN npm run setup
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=2", "--heap-growing-percent=20", "--liftoff-only", "apps/cli/src/main.ts", "serve", "--api-only"]
