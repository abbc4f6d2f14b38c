// Measures how fast the service is and writes docs/performance.md. "--full" takes the full size to plan for: an hour or more.
import { failWith, projectNode, run, typescript } from './environment.mjs'
import { buildPages, installDependencies } from './prepare.mjs'

try {
  await installDependencies()
  await buildPages()
  await run(projectNode(), [...typescript, 'bench/main.ts', ...process.argv.slice(2)], { env: { NODE_ENV: 'production' }, what: 'The benchmark' })
} catch (error) {
  failWith(error)
}
