// The import rules of docs/architecture.md. Each says what a folder may import of ours; anything else is refused.
const ours = '^(app|server|db|emails|e2e|bench)/'
const test = '\\.test\\.tsx?$|^server/testing/|^e2e/|^bench/'
const only = (name, from, allowed, extra = {}) => ({
  name,
  severity: 'error',
  comment: `${from} may import of ours only ${allowed.join(', ') || 'nothing'}.`,
  from: { path: from, pathNot: test, ...extra },
  to: { path: ours, pathNot: allowed },
})

// Npm packages and parts of Node; nothing here of ours.
const onlyOutside = (name, from, comment, packages, parts = []) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from, pathNot: test },
  to: { pathNot: [ours, ...packages.map((one) => `(^|/)node_modules/${one}/`), ...parts.map((one) => `^(node:)?${one}$`)] },
})
// The vendor of each adapter; one that is not listed has none.
const vendors = {
  'atom-feed': 'feed', 'better-auth': 'better-auth', 'rate-limits': 'rate-limiter-flexible',
  'local-captcha': 'altcha-lib', 'mailbox-texter': 'sms-segments-calculator', 'pg-boss-jobs': 'pg-boss', 'pino-log': 'pino', 'prom-metrics': 'prom-client',
  'resend-mailer': 'resend', 'resend-webhook': 'resend', 'smtp-mailer': 'nodemailer', 'twilio-signature': 'twilio', 'totp-factors': 'otpauth',
}
const ofVendor = (adapters, vendor) => ({
  name: 'one-vendor-each',
  severity: 'error',
  comment: `An adapter hides one vendor: ${adapters} may import ${vendor ?? 'none'}.`,
  from: vendor === undefined
    ? { path: '^server/adapters/', pathNot: [test, `^server/adapters/(${adapters})\\.ts$`] }
    : { path: `^server/adapters/${adapters}\\.ts$` },
  to: { path: '(^|/)node_modules/', ...(vendor === undefined ? {} : { pathNot: `(^|/)node_modules/${vendor}/` }) },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    {
      name: 'no-riddles', severity: 'error', comment: 'What cannot be found cannot be judged.',
      from: {}, to: { couldNotResolve: true },
    },
    {
      name: 'tests-only', severity: 'error', comment: 'Only tests import server/testing.',
      from: { pathNot: test }, to: { path: '^server/testing/' },
    },
    only('contract', '^server/contract/', ['^server/contract/']),
    {
      name: 'contract-in-the-browser', severity: 'error', comment: 'The contract runs in browsers too.',
      from: { path: '^server/contract/', pathNot: test }, to: { dependencyTypes: ['core'] },
    },
    only('profile', '^server/profile/', ['^server/profile/', '^server/contract/']),
    only('db', '^db/', ['^db/', '^server/contract/']),
    only('emails', '^emails/', ['^emails/_parts/'], { pathNot: [test, '-text\\.ts$'] }),
    {
      name: 'emails-text', severity: 'error', comment: 'The text of an e-mail has its parts, and the type of what its own template takes.',
      from: { path: '^emails/([^/]+)-text\\.ts$' }, to: { path: ours, pathNot: ['^emails/_parts/', '^emails/$1\\.tsx$'] },
    },
    {
      name: 'emails-text-without-markup', severity: 'error', comment: 'Of its template only the type.',
      from: { path: '-text\\.ts$' }, to: { path: '^emails/[^/]+\\.tsx$', dependencyTypesNot: ['type-only'] },
    },
    only('domain', '^server/domain/', ['^server/domain/', '^server/contract/', '^server/work\\.ts$', '^server/profile/', '^db/(schema|tx|columns|prepare-once)']),
    onlyOutside(
      'domain-is-plain', '^server/domain/', 'No web framework, vendor, file or network in the rules.',
      ['drizzle-orm', 'libphonenumber-js', 'temporal-polyfill'], ['crypto', 'timers/promises', 'zlib'],
    ),
    only('feeds', '^server/feeds/', ['^server/feeds/', '^server/contract/']),
    only('adapters', '^server/adapters/', ['^server/ports\\.ts$', '^server/contract/']),
    ...Object.entries(vendors).map(([adapter, vendor]) => ofVendor(adapter, vendor)),
    ofVendor(Object.keys(vendors).join('|')),
    only('evening', '^server/evening/', ['^server/evening/', '^server/domain/', '^server/contract/', '^server/ports\\.ts$', '^server/work\\.ts$']),
    only('delivery', '^server/delivery/', ['^server/delivery/', '^server/domain/', '^server/contract/', '^server/ports\\.ts$', '^server/work\\.ts$', '^emails/']),
    only('routers', '^server/routers/', ['^server/routers/', '^server/domain/', '^server/contract/', '^server/trpc\\.ts$']),
    only('server', '^server/((cli|boot)/|[^/]+$)', ['^server/', '^db/']),
    {
      name: 'pages-come-last', severity: 'error', comment: 'Nothing inside knows of pages.',
      from: { path: '^(server|db|emails)/', pathNot: test }, to: { path: '^app/' },
    },
    {
      name: 'app-types', severity: 'error', comment: 'Of the inside, pages know the contract and the types of the router.',
      from: { path: '^app/', pathNot: '^app/(_trpc|api)/' },
      to: { path: '^(server|db|emails)/', pathNot: ['^server/contract/', '^server/routers/app-router\\.ts$'] },
    },
    {
      name: 'app-types-in-one-place', severity: 'error', comment: 'What reaches in knows the types of the router and of the runtime.',
      from: { path: '^app/(_trpc|api)/' },
      to: {
        path: '^(server|db|emails)/',
        pathNot: ['^server/contract/', '^server/routers/app-router\\.ts$', '^server/runtime(-handle)?\\.ts$'],
      },
    },
    {
      name: 'app', severity: 'error', comment: 'Pages import the contract and each other; only app/_trpc and app/api reach the runtime.',
      from: { path: '^app/', pathNot: '^app/(_trpc|api)/' },
      to: { path: '^(server|db|emails)/', pathNot: '^server/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'app-reaches-in-one-place', severity: 'error', comment: 'What is bundled for pages holds nothing of the inside: the runtime is handed over.',
      from: { path: '^app/(_trpc|api)/' },
      to: { path: '^(server|db|emails)/', pathNot: ['^server/contract/', '^server/runtime-handle\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'e2e', severity: 'error', comment: 'Browser tests know what the browser may, and what all tests of faults and attacks are sized and left to chance by.',
      from: { path: '^e2e/' }, to: { path: '^(app|server|db|emails)/', pathNot: '^server/(contract/|testing/torture/|domain/demo/dice\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|next-env)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
