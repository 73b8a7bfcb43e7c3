/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Answers are compressed by the proxy in front, or not at all: never on the loop that acknowledges frames.
  compress: false,
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@prisma/driver-adapter-utils',
    'pg',
    'pino',
    'prom-client',
    'socket.io',
  ],
  typescript: { ignoreBuildErrors: true }, // `npm run verify` checks types, once and for all folders
}

export default config
