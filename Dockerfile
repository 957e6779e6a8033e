# The portal for a server with its own PostgreSQL 18 (DATABASE_URL). Node 24 comes with the packages.
FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY prisma/prisma.config.ts prisma/schema.prisma prisma/
RUN npm ci --omit=dev
COPY . .
USER node
EXPOSE 3000
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=60", "src/server.ts"]
