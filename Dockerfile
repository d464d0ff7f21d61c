# rolecall and nothing else. It reads the folder that is mounted at /src and needs no network:
#
#   docker build --build-arg VERSION=0.1.0 -t rolecall .
#   docker run --rm --network none --read-only -v "$PWD:/src:ro" rolecall check .
FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
WORKDIR /build
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG TARGETOS TARGETARCH VERSION=
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -mod=readonly -buildvcs=false \
      -ldflags "-s -w -buildid= ${VERSION:+-X github.com/rolecall/rolecall/internal/cli.release=$VERSION}" \
      -o /rolecall ./cmd/rolecall

FROM scratch
COPY --from=build /rolecall /rolecall
COPY --from=build /build/LICENSE /build/NOTICE /
USER 65532:65532
WORKDIR /src
ENTRYPOINT ["/rolecall"]
