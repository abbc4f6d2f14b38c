#!/usr/bin/env node
// The `ttc` command. Whatever Node starts this, the project's own runs the command, from any folder.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectNode, root } from '../boot/environment.mjs'

const loader = join(root, 'node_modules', 'tsx', 'dist', 'loader.mjs')
if (!existsSync(loader)) {
  process.stderr.write('The dependencies are not installed yet: run "npm run setup" first.\n')
  process.exit(1)
}
const args = ['--import', pathToFileURL(loader).href, join(root, 'server', 'cli', 'main.ts'), ...process.argv.slice(2)]
const child = spawn(projectNode(), args, { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
