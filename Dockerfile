# Not run here: there is no container engine where this was written. The build below is `cargo build --release` with the
# sandbox left out and the system's libpq (TLS) linked in.
FROM rust:1.95-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cargo build --release --locked --no-default-features

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl libpq5 tzdata \
    && rm -rf /var/lib/apt/lists/* && useradd --system --uid 10001 --home-dir /var/lib/wasl --create-home wasl
COPY --from=build /src/target/release/wasl /usr/local/bin/wasl
USER wasl
WORKDIR /var/lib/wasl
EXPOSE 8080 9090
# Live, not ready: an EHR that is down must not have the gateway restarted. Readiness is for the balancer.
HEALTHCHECK --interval=10s --timeout=3s CMD curl -fsS http://127.0.0.1:9090/health/live || exit 1
ENTRYPOINT ["wasl"]
CMD ["serve", "--config", "/etc/wasl/config.toml"]
