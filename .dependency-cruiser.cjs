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

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
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
    only('emails', '^emails/', ['^emails/']),
    only('emails-parts', '^emails/_parts/', ['^emails/_parts/']),
    only('domain', '^server/domain/', ['^server/domain/', '^server/contract/', '^server/work\\.ts$', '^server/profile/', '^db/(schema|tx|columns)']),
    {
      name: 'domain-is-plain', severity: 'error', comment: 'No web framework, vendor, file or network in the rules.',
      from: { path: '^server/domain/', pathNot: test },
      to: { path: 'node_modules/(react|next|@trpc|resend|nodemailer|altcha)|^(fs|http|https|net|dns|tls|child_process)(/|$)' },
    },
    only('feeds', '^server/feeds/', ['^server/feeds/', '^server/contract/']),
    only('adapters', '^server/adapters/', ['^server/ports\\.ts$', '^server/contract/']),
    only('evening', '^server/evening/', ['^server/evening/', '^server/domain/', '^server/contract/', '^server/ports\\.ts$', '^server/work\\.ts$']),
    only('delivery', '^server/delivery/', ['^server/delivery/', '^server/domain/', '^server/contract/', '^server/ports\\.ts$', '^server/work\\.ts$', '^emails/']),
    only('routers', '^server/routers/', ['^server/routers/', '^server/domain/', '^server/contract/', '^server/trpc\\.ts$']),
    {
      name: 'app', severity: 'error', comment: 'Pages import the contract, each other and types; only app/_trpc and app/api reach the runtime.',
      from: { path: '^app/', pathNot: '^app/(_trpc|api)/' },
      to: { path: '^(server|db|emails)/', pathNot: '^server/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'app-reaches-in-one-place', severity: 'error', comment: 'What is bundled for pages holds nothing of the inside: the runtime is handed over.',
      from: { path: '^app/(_trpc|api)/' },
      to: { path: '^(server|db|emails)/', pathNot: ['^server/contract/', '^server/runtime-handle\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'e2e', severity: 'error', from: { path: '^e2e/' }, to: { path: '^(app|server|db|emails)/', pathNot: '^server/contract/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|next-env)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
