# The service without Cloudflare (`mitto-otp serve`):
#   docker build --tag mitto-otp .
#   docker run --env-file settings.env --volume mitto-otp:/data --publish 127.0.0.1:8787:8787 --stop-timeout 20 mitto-otp
# for one proxy in front, which speaks TLS and adds to X-Forwarded-For; with another number of them, --env TRUSTED_PROXIES=2.
# Whoever reaches the port past that proxy writes his address himself: publish it to nobody else.
FROM node:24-bookworm-slim AS build
WORKDIR /src
COPY . .
RUN npm ci && npm pack --pack-destination /tmp

FROM node:24-bookworm-slim
WORKDIR /opt/mitto-otp
COPY --from=build /tmp/mitto-otp-*.tgz /tmp/
RUN npm install --no-audit --no-fund /tmp/mitto-otp-*.tgz && rm /tmp/mitto-otp-*.tgz && install --directory --owner node /data
ENV NODE_ENV=production TRUSTED_PROXIES=1
VOLUME /data
EXPOSE 8787
USER node
HEALTHCHECK --interval=30s --timeout=3s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8787/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "node_modules/mitto-otp/cli/bin.js"]
CMD ["serve", "--host", "0.0.0.0", "--store", "/data/mitto-otp.sqlite"]
