# Builds Wyvern's image: `docker build -t wyvern .`
#
# In a container the server must listen on every address, and there it refuses to start until
# somebody can sign in. Make a hash with `wyvern hash-password`, write it into a file wyvern.toml
#
#     [[local.accounts]]
#     username = "ada"
#     name = "Ada Lovelace"
#     email = "ada@example.com"
#     password_hash = "$argon2id$..."
#
# and start the image with the root file system read-only:
#
#     docker run --rm -i wyvern hash-password
#     docker run --read-only --cap-drop ALL -p 127.0.0.1:3000:3000 -v wyvern:/data \
#         -v ./wyvern.toml:/etc/wyvern.toml:ro wyvern
#
# With GitHub it also needs the address that people type, which must be https unless it is this
# machine's own: `-e WYVERN__SERVER__PUBLIC_URL=https://wyvern.example.com`.

# The browser app, so that the stage that compiles needs no Node.js.
FROM node:24-bookworm-slim AS app
WORKDIR /app
COPY static/package.json static/package-lock.json static/.npmrc ./
RUN npm ci --ignore-scripts
COPY static ./
RUN npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /wyvern
# The dependencies are a layer of their own, built with a program that is empty: it stays until
# Cargo.toml or Cargo.lock change.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src benches \
    && touch src/lib.rs benches/main.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked
COPY build.rs ./
COPY config config
COPY src src
# The tables of methodologies and the examples, which both programs have.
COPY static/src/model/methodologies.json static/src/model/category-names.json static/src/model/
COPY static/src/features/browse/examples/ static/src/features/browse/examples/
COPY --from=app /app/dist dist
ENV WYVERN_STATIC_DIST=dist
# Cargo goes by times, and a file of the checkout may be older than its empty stand-in.
RUN touch src/lib.rs src/main.rs \
    && cargo build --release --locked \
    && mkdir data

# The C library, certificates and nothing else: no shell, no package manager. The program is not
# linked statically, because name resolution in the C library loads parts of it at run time.
FROM gcr.io/distroless/cc-debian12:nonroot
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="Wyvern" \
      org.opencontainers.image.description="A threat-modelling service whose only store is git" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}"
COPY --from=build /wyvern/target/release/wyvern /usr/local/bin/wyvern
COPY LICENSE /usr/share/doc/wyvern/LICENSE
# A new volume takes the owner of this folder.
COPY --from=build --chown=65532:65532 /wyvern/data /data
ENV WYVERN__SERVER__ADDRESS=0.0.0.0 \
    WYVERN__DATA__FOLDER=/data
USER 65532:65532
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=10s \
    CMD ["/usr/local/bin/wyvern", "healthcheck", "--config", "/etc/wyvern.toml"]
ENTRYPOINT ["/usr/local/bin/wyvern"]
CMD ["serve", "--config", "/etc/wyvern.toml"]
